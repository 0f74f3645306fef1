import { IsFen } from '@app/service';

import { amountMaxFen } from '../need/need.rules.js';

export class PlaceGrabRequest {
  /** What the bank intends to lend; not more than the need. */
  @IsFen({ min: 1n, max: amountMaxFen })
  intendedFen: string;
}
