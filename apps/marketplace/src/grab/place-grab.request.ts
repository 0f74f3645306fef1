import { IsFen } from '@app/service';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

import { amountMaxFen } from '../need/need.rules.js';

export class PlaceGrabRequest {
  /**
   * What the bank intends to lend, no more than the need. In a fair window up to how much, within the lead's amount band;
   * the place counts no more than the need.
   */
  @IsFen({ min: 1n, max: amountMaxFen })
  intendedFen: string;

  /** The version of the limits that you decided by: refused with 409 when others are in force by now. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  limitVersion?: number;
}
