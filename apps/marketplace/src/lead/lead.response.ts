import { fen } from '@app/kernel';
import { ApiProperty } from '@nestjs/swagger';

import { securities, type Security } from '../need/need.rules.js';
import { amountBandOf, amountBands, type LeadWindow, leadWindows } from './lead.rules.js';

/** How well a lead fits the own products. */
export class LeadFit {
  /** FITS: a product's every demand is met as far as the lead shows; OPEN: one cannot be told yet. */
  @ApiProperty({ enum: ['FITS', 'OPEN'] })
  outcome: 'FITS' | 'OPEN';
  /** 0 to 100. */
  @ApiProperty({ type: 'integer' })
  points: number;
  /** The own product that fits best. */
  productId: string;
}

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
  /** How places are taken now: by whoever comes first, by you alone, or by sealed entries for a draw. */
  @ApiProperty({ enum: leadWindows })
  window: LeadWindow;
  /** When that changes; null when it stays so. */
  windowEndsAt: string | null;
  /** Of a fair window: hash of the secret that goes into the draw. */
  commitment: string | null;
  /** Of a board sorted by fit; null when no own product fits. */
  @ApiProperty({ type: LeadFit, nullable: true, required: false })
  fit?: LeadFit | null;
}

export class LeadPage {
  items: LeadResponse[];
  nextCursor: string | null;
  /** Names the limits in force: send it with a grab to be refused when they have changed. */
  limitVersion: number;
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
  waiting: number;
  /** null when banks are not limited. */
  places: number | null;
  publishedAt: Date;
  closesAt: Date;
  exclusiveUntil: Date | null;
  sealedUntil: Date | null;
  drawnAt: Date | null;
  commitment: string | null;
}

export const toLeadResponse = (row: LeadRow, now: Date): LeadResponse => ({
  needId: row.id,
  district: row.district,
  industry: row.industry2,
  tier: row.tier,
  scoreBand: row.scoreBand,
  amountBand: amountBandOf(fen(row.amountFen)),
  termMonths: row.termMonths,
  purpose: row.shownPurpose,
  security: row.security,
  // Of places that are kept for the line only the number is said, and nothing of sealed entries.
  placesLeft: row.places === null ? null : Math.max(0, row.places - row.taken - row.waiting),
  publishedAt: row.publishedAt.toISOString(),
  closesAt: row.closesAt.toISOString(),
  ...windowOf(row, now),
});

function windowOf({ exclusiveUntil, sealedUntil, drawnAt, commitment }: LeadRow, now: Date) {
  const sealed = sealedUntil !== null && drawnAt === null;
  const alone = exclusiveUntil !== null && exclusiveUntil >= now;
  const until = alone ? exclusiveUntil : sealed ? sealedUntil : null;
  return {
    window: alone ? ('EXCLUSIVE' as const) : sealed ? ('SEALED' as const) : ('OPEN' as const),
    windowEndsAt: until?.toISOString() ?? null,
    commitment: sealed ? commitment : null,
  };
}
