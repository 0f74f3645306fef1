import { IsFen } from '@app/service';

import { amountMaxFen } from '../need/need.rules.js';

export class JoinLineRequest {
  /** What the bank intends to lend when its turn comes; not more than the need. */
  @IsFen({ min: 1n, max: amountMaxFen })
  intendedFen: string;
}
