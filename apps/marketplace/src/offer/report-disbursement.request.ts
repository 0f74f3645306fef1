import { IsDay, IsFen } from '@app/service';

import { amountMaxFen } from '../need/need.rules.js';

export class ReportDisbursementRequest {
  /** Paid out; together with earlier payments not more than the accepted offer. */
  @IsFen({ min: 1n, max: amountMaxFen })
  amountFen: string;

  /** Day of the payout: not in the future, and not before the acceptance. */
  @IsDay()
  drawnOn: string;
}
