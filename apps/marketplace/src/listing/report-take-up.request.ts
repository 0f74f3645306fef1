import { IsDay, IsFen, IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

import { amountMaxFen, amountMinFen } from '../need/need.rules.js';
import { type GiveUpReason, giveUpReasons } from './listing.rules.js';

const steps = ['CONTACTED', 'OFFERED', 'LENT', 'GIVEN_UP'] as const;

/** The next step of a take-up: OFFERED and LENT say the amount, LENT the day, GIVEN_UP the reason. */
export class ReportTakeUpRequest {
  @ApiProperty({ enum: steps })
  @IsIn(steps)
  step: (typeof steps)[number];

  @IsOptional()
  @IsFen({ min: amountMinFen, max: amountMaxFen })
  amountFen?: string;

  @IsOptional()
  @IsDay()
  drawnOn?: string;

  @ApiProperty({ enum: giveUpReasons, required: false })
  @IsOptional()
  @IsIn(giveUpReasons)
  reason?: GiveUpReason;

  @IsOptional()
  @IsPlainText(1, 500)
  note?: string;
}
