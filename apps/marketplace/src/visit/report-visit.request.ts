import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsInt, IsISO8601, IsOptional, IsUUID, Max, Min } from 'class-validator';

import { attachmentsOfActMax } from '../attachment/attachment.rules.js';

export class ReportVisitRequest {
  /** What was seen and said; the bank and the operator read it. */
  @IsPlainText(1, 2_000)
  report: string;

  /** When it took place; now when it is left out. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  heldAt?: string;

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

export class CancelVisitRequest {
  /** Why; the enterprise does not read it. */
  @IsPlainText(1, 500)
  reason: string;
}
