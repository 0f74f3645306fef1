import { fen } from '@app/kernel';
import { ApiProperty } from '@nestjs/swagger';

import { securities, type Security } from '../need/need.rules.js';
import { amountBandOf, amountBands } from './lead.rules.js';

/** A published need as a bank sees it before it grabs: nothing that tells who it is, and no exact amount. */
export class LeadResponse {
  needId: string;
  district: string | null;
  /** Two digits of GB/T 4754. */
  industry: string | null;
  tier: string | null;
  /** Band of the innovation score. */
  scoreBand: string | null;
  /** In 万元; the lower bound belongs to the band below. */
  @ApiProperty({ enum: amountBands })
  amountBand: string;
  termMonths: number;
  purpose: string;
  @ApiProperty({ enum: securities })
  security: Security;
  /** null when banks are not limited. */
  @ApiProperty({ type: 'integer', nullable: true })
  placesLeft: number | null;
  publishedAt: string;
  closesAt: string;
}

export class LeadPage {
  items: LeadResponse[];
  nextCursor: string | null;
}

/** The columns of a need that a lead is made of: the query reads no others. */
export interface LeadRow {
  id: string;
  district: string | null;
  industry2: string | null;
  tier: string | null;
  scoreBand: string | null;
  amountFen: string;
  termMonths: number;
  shownPurpose: string;
  security: Security;
  taken: number;
  publishedAt: Date;
  closesAt: Date;
}

export const toLeadResponse = (row: LeadRow, places: number | null): LeadResponse => ({
  needId: row.id,
  district: row.district,
  industry: row.industry2,
  tier: row.tier,
  scoreBand: row.scoreBand,
  amountBand: amountBandOf(fen(row.amountFen)),
  termMonths: row.termMonths,
  purpose: row.shownPurpose,
  security: row.security,
  placesLeft: places === null ? null : places - row.taken,
  publishedAt: row.publishedAt.toISOString(),
  closesAt: row.closesAt.toISOString(),
});
