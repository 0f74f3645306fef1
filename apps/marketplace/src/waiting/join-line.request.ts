import { IsFen } from '@app/service';

import { amountMaxFen } from '../need/need.rules.js';

export class JoinLineRequest {
  /** Up to how much the bank intends to lend when its turn comes, within the lead's amount band. */
  @IsFen({ min: 1n, max: amountMaxFen })
  intendedFen: string;
}
