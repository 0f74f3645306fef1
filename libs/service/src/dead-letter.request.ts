import { IsIn, IsOptional } from 'class-validator';

import { PageQuery } from './page.js';
import { IsPlainText } from './validators.js';

export class DeadLetterListQuery extends PageQuery {
  /** Only letters in this state. */
  @IsOptional()
  @IsIn(['PARKED', 'REPLAYED', 'DISCARDED'])
  state?: 'PARKED' | 'REPLAYED' | 'DISCARDED';
}

export class DiscardLetterRequest {
  /** Why the event may be forgotten; kept with the decision. */
  @IsPlainText(1, 500)
  reason: string;
}
