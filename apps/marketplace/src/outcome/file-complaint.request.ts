import { IsPlainText, PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';

import {
  complaintCategories,
  type ComplaintCategory,
  complaintStatuses,
  type ComplaintStatus,
} from './outcome.rules.js';

export class FileComplaintRequest {
  @ApiProperty({ enum: complaintCategories })
  @IsIn(complaintCategories)
  category: ComplaintCategory;

  /** The bank's admin and the operator read it, without names and numbers. */
  @IsPlainText(1, 1_000)
  text: string;
}

export class AnswerComplaintRequest {
  @IsPlainText(1, 1_000)
  answer: string;
}

export class CloseComplaintRequest {
  /** Whether the complaint was justified. */
  @IsBoolean()
  upheld: boolean;

  /** Both sides read it. */
  @IsPlainText(1, 1_000)
  note: string;
}

export class ListComplaintsQuery extends PageQuery {
  @ApiProperty({ enum: complaintStatuses, required: false })
  @IsOptional()
  @IsIn(complaintStatuses)
  status?: ComplaintStatus;
}
