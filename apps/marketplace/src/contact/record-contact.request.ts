import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsUUID,
  Max,
  Min,
} from 'class-validator';

import { attachmentsOfActMax } from '../attachment/attachment.rules.js';
import { type ContactMethod, contactMethods } from '../grab/case.rules.js';

export class RecordContactRequest {
  @ApiProperty({ enum: contactMethods })
  @IsIn(contactMethods)
  method: ContactMethod;

  /** What was said; colleagues and the operator read it, the enterprise does not. */
  @IsPlainText(1, 1_000)
  note: string;

  /** When it took place; now when it is left out. Deadlines go by when it is recorded. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  happenedAt?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_440)
  durationMinutes?: number;

  /** Files that were uploaded to this case before. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(attachmentsOfActMax)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  attachmentIds?: string[];
}
