import { ApiProperty } from '@nestjs/swagger';

import type { LprQuoteRow } from './lpr-quote.entity.js';
import { type LprTenor, lprTenors } from './lpr.rules.js';

export class LprQuoteResponse {
  id: string;
  @ApiProperty({ enum: lprTenors })
  tenor: LprTenor;
  publishedOn: string;
  rateBp: number;
  source: string;
  /** false: nobody has compared it with the publication yet. */
  verified: boolean;
  /** Person who entered it; null: came with the program. */
  recordedBy: string | null;
}

export class LprQuotePage {
  /** Newest publication first. */
  items: LprQuoteResponse[];
  nextCursor: string | null;
}

export const toLprQuoteResponse = (quote: LprQuoteRow): LprQuoteResponse => ({
  id: quote.id,
  tenor: quote.tenor,
  publishedOn: quote.publishedOn,
  rateBp: quote.rateBp,
  source: quote.source,
  verified: quote.verified,
  recordedBy: quote.recordedBy,
});
