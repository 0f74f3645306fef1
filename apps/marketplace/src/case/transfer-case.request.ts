import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';

import { type TransferReason, transferReasons } from '../grab/case.rules.js';

export class TransferCaseRequest {
  /** The colleague who takes the case over: an account manager of the same institution. */
  @IsUUID()
  personId: string;

  @ApiProperty({ enum: transferReasons })
  @IsIn(transferReasons)
  reason: TransferReason;

  /** For colleagues. */
  @IsOptional()
  @IsPlainText(1, 500)
  note?: string;
}
