import { fen } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { amountBandOf } from '../lead/lead.rules.js';
import { visibleSql } from '../lead/lead.service.js';
import type { ShownLead } from './search.rules.js';

/** The columns of a need that its lead shows. */
export interface LeadRow {
  needId: string;
  district: string | null;
  industry: string | null;
  tier: string | null;
  scoreBand: string | null;
  amountFen: string;
  termMonths: number;
  security: string;
  purpose: string;
}

export const toShownLead = (row: LeadRow): ShownLead => ({
  needId: row.needId,
  amountBand: amountBandOf(fen(row.amountFen)),
  district: row.district,
  industry: row.industry,
  tier: row.tier,
  scoreBand: row.scoreBand,
  security: row.security,
  termMonths: row.termMonths,
  purpose: row.purpose,
});

const leadsSql = `
  select n.id as "needId", n.district, n.industry2 as industry, n.tier, n.score_band as "scoreBand",
         n.amount_fen as "amountFen", n.term_months as "termMonths", n.security, n.shown_purpose as purpose
  from need n where n.id = any($1::uuid[]) and n.ended_at is null and n.status in ('PUBLISHED', 'FULL')
  order by n.id`;

/** Which pairs of need and bank may meet now. */
const pairsSql = `
  select n.id as "needId", p.institution_id as "institutionId"
  from jsonb_to_recordset($1::jsonb) as p (need_id uuid, institution_id uuid, institution_code text)
  join need n on n.id = p.need_id
  where ${visibleSql({ institutionId: 'p.institution_id', institution: 'p.institution_code', now: '$2', day: '$3::date' })}`;

export interface Pair {
  needId: string;
  institutionId: string;
  institutionCode: string;
}

export const pairKey = ({ needId, institutionId }: Pick<Pair, 'needId' | 'institutionId'>): string =>
  `${needId} ${institutionId}`;

/** Leads as the board shows them, for those who look at them without a person in front of a screen. */
@Injectable()
export class LeadReader {
  async open(db: EntityManager, needIds: readonly string[]): Promise<ShownLead[]> {
    const rows: LeadRow[] = await db.query(leadsSql, [needIds]);
    return rows.map(toShownLead);
  }

  /** Of the pairs given, those in which the bank sees the lead on its board. */
  async seen(
    db: EntityManager,
    pairs: readonly Pair[],
    { now, day }: { now: Date; day: string },
  ): Promise<Set<string>> {
    if (pairs.length === 0) return new Set();
    const rows: { needId: string; institutionId: string }[] = await db.query(pairsSql, [
      JSON.stringify(
        pairs.map(({ needId, institutionId, institutionCode }) => ({
          need_id: needId,
          institution_id: institutionId,
          institution_code: institutionCode,
        })),
      ),
      now,
      day,
    ]);
    return new Set(rows.map(pairKey));
  }
}
