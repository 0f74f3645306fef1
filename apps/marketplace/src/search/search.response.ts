import { type ProductFamily, productFamilies } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import type { SearchFilter, ShownLead } from './search.rules.js';
import { deliveries, type Delivery } from './write-search.request.js';

export interface SearchRow {
  id: string;
  name: string;
  delivery: Delivery;
  filter: SearchFilter;
  hits: number;
  changedAt: Date;
}

export class SearchResponse {
  id: string;
  name: string;
  @ApiProperty({ enum: deliveries })
  delivery: Delivery;
  amountBands: string[];
  districts: string[];
  industries: string[];
  tiers: string[];
  scoreBands: string[];
  securities: string[];
  purposeWords: string[];
  @ApiProperty({ enum: productFamilies, isArray: true })
  families: ProductFamily[];
  /** Needs that it has found so far. */
  @ApiProperty({ type: 'integer' })
  hits: number;
  changedAt: string;
}

export class SearchPage {
  items: SearchResponse[];
  nextCursor: string | null;
}

/** A lead that a search found, masked like the board. */
export class SearchHitResponse {
  needId: string;
  foundAt: string;
  district: string | null;
  /** Two digits of GB/T 4754. */
  industry: string | null;
  tier: string | null;
  scoreBand: string | null;
  /** In 万元. */
  amountBand: string;
  termMonths: number;
  security: string;
  purpose: string;
}

export class SearchHitPage {
  items: SearchHitResponse[];
  nextCursor: string | null;
}

export const toSearchResponse = ({ id, name, delivery, filter, hits, changedAt }: SearchRow): SearchResponse => ({
  id,
  name,
  delivery,
  amountBands: filter.amountBands,
  districts: filter.districts,
  industries: filter.industries,
  tiers: filter.tiers,
  scoreBands: filter.scoreBands,
  securities: filter.securities,
  purposeWords: filter.purposeWords,
  families: filter.families,
  hits,
  changedAt: changedAt.toISOString(),
});

export const toHitResponse = (lead: ShownLead, foundAt: Date): SearchHitResponse => ({
  needId: lead.needId,
  foundAt: foundAt.toISOString(),
  district: lead.district,
  industry: lead.industry,
  tier: lead.tier,
  scoreBand: lead.scoreBand,
  amountBand: lead.amountBand,
  termMonths: lead.termMonths,
  security: lead.security,
  purpose: lead.purpose,
});
