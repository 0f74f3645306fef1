import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

import { type WithdrawalReason, withdrawalReasons } from './need.rules.js';

export class WithdrawNeedRequest {
  @ApiProperty({ enum: withdrawalReasons, required: false })
  @IsOptional()
  @IsIn(withdrawalReasons)
  reason?: WithdrawalReason;

  @IsOptional()
  @IsPlainText(1, 500)
  text?: string;
}
