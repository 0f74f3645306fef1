import { IsDay, IsFen, IsPlainText } from '@app/service';
import { IsOptional, IsUUID, ValidateIf } from 'class-validator';

import { amountMaxFen } from '../need/need.rules.js';

export class ReportDisbursementRequest {
  /** Paid out; together with earlier payments not more than the accepted offer. */
  @IsFen({ min: 1n, max: amountMaxFen })
  amountFen: string;

  /** Day of the payout: not in the future, and not before the acceptance. */
  @IsDay()
  drawnOn: string;

  /** An own report that was wrong: it is taken back, and this one says what is right. */
  @IsOptional()
  @IsUUID()
  corrects?: string;

  /** What was wrong; needed with `corrects`. */
  @ValidateIf(({ corrects, reason }: ReportDisbursementRequest) => corrects !== undefined || reason !== undefined)
  @IsPlainText(1, 300)
  reason?: string;
}
