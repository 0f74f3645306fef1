import { canonicalJson, fen, must, sha256Hex, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { type Facts, leadFacts, openFacts, type Range, type WrittenFacts } from '../admission/facts.rules.js';
import { amountBandOf, boundsOf } from '../lead/lead.rules.js';

interface FactsRow {
  needId: string;
  profile: WrittenFacts['profile'];
  need: WrittenFacts['need'];
  lead: WrittenFacts['lead'];
}

/** What was known of a need when it was matched. */
export interface MatchInput {
  id: string;
  needId: string;
  facts: WrittenFacts;
  at: Date;
}

/** Needs and their enterprises as they are now. The wished rate and the amount as text: jsonb rounds nothing. */
const factsSql = `
  select n.id as "needId",
         jsonb_build_object('amountFen', n.amount_fen::text, 'termMonths', n.term_months, 'security', n.security,
                            'annualRateBpMax', n.annual_rate_bp_max) as need,
         jsonb_build_object('district', n.district, 'industry2', n.industry2, 'tier', n.tier,
                            'scoreBand', n.score_band) as lead,
         case when e.uscc is not null then
           jsonb_build_object('district', e.district, 'industry', e.industry, 'industry2', e.industry2, 'tier', e.tier,
                              'titles', coalesce(e.titles, '{}'), 'score', e.score, 'scoreBand', e.score_band,
                              'status', e.status, 'modelVersion', e.model_version) end as profile
  from need n left join profiling_api.enterprise_v1 e on e.uscc = n.uscc
  where n.id = any($1::uuid[]) order by n.id`;

/** The inputs of matches, kept for ever: with the shelf and the weights of that instant they give the match again. */
@Injectable()
export class MatchInputs {
  /** Reads the facts of needs and writes those that changed since they were last written. */
  async refresh(tx: EntityManager, needIds: readonly string[], now: Date): Promise<MatchInput[]> {
    const rows: FactsRow[] = await tx.query(factsSql, [needIds]);
    const before = await this.latest(
      tx,
      rows.map(({ needId }) => needId),
      now,
    );
    const inputs = rows.map(({ needId, profile, need, lead }): MatchInput & { fresh: boolean } => {
      const facts = { profile, need, lead };
      const known = before.get(needId);
      const fresh = !known || hashOf(known.facts) !== hashOf(facts);
      return fresh ? { id: uuidv7(now), needId, facts, at: now, fresh } : { ...known, fresh };
    });
    await this.write(
      tx,
      inputs.filter(({ fresh }) => fresh),
    );
    return inputs;
  }

  /** The latest input of each need up to an instant. */
  async latest(db: EntityManager, needIds: readonly string[], at: Date): Promise<Map<string, MatchInput>> {
    const rows: MatchInput[] = await db.query(
      `select i.id, i.need_id as "needId", i.facts, i.at
       from unnest($1::uuid[]) as wanted (need_id)
       cross join lateral (select * from match_input where need_id = wanted.need_id and at <= $2
                           order by at desc, id desc limit 1) i`,
      [needIds, at],
    );
    return new Map(rows.map((row) => [row.needId, row]));
  }

  /** The facts as they are, without writing them down; the id is empty. */
  async current(db: EntityManager, needId: string, at: Date): Promise<MatchInput> {
    const [row]: FactsRow[] = await db.query(factsSql, [[needId]]);
    const { profile, need, lead } = must(row, 'a need that was just found');
    return { id: '', needId, facts: { profile, need, lead }, at };
  }

  private async write(tx: EntityManager, inputs: readonly MatchInput[]): Promise<void> {
    if (inputs.length === 0) return;
    await tx.query(
      `insert into match_input (need_id, id, at, facts)
       select need_id, id, at, facts from jsonb_to_recordset($1::jsonb)
         as i (need_id uuid, id uuid, at timestamptz, facts jsonb)`,
      [JSON.stringify(inputs.map(({ needId, id, at, facts }) => ({ need_id: needId, id, at, facts })))],
    );
  }
}

const hashOf = (facts: WrittenFacts): string => sha256Hex(canonicalJson(facts));

export const factsForEnterprise = ({ facts }: Pick<MatchInput, 'facts'>): Facts => openFacts(facts);
export const factsForBank = ({ facts }: Pick<MatchInput, 'facts'>): Facts =>
  leadFacts(facts, bandOf(facts.need.amountFen));

/** The band of the lead as a range; its lower bound belongs to the band below. */
function bandOf(amountFen: string): Range {
  const { above, upTo } = boundsOf(amountBandOf(fen(amountFen)));
  return { low: Number(above) + 1, high: upTo === null ? Number.POSITIVE_INFINITY : Number(upTo) };
}
