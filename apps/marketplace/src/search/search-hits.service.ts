import { searchHit } from '@app/contracts';
import { dayOf, startOfDay } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { LimitService } from '../limit/limit.service.js';
import { fitOf, type FitWeights } from '../matching/fit.rules.js';
import { factsForBank, MatchInputs } from '../matching/match-input.service.js';
import { Shelf } from '../matching/shelf.service.js';
import { LeadReader, type Pair, pairKey } from './lead-reader.service.js';
import { hitsOf, type ShownLead, type StandingSearch } from './search.rules.js';

interface Hit {
  lead: ShownLead;
  search: StandingSearch;
}

/** Searches of people who may still sign in, in institutions that are still members. */
const searchesSql = `
  select s.id, s.person_id as "personId", s.institution_id as "institutionId", s.institution_code as "institutionCode",
         s.name, s.delivery, s.filter
  from saved_search s
  join identity_api.person_v1 p on p.id = s.person_id and p.status = 'ACTIVE'
  join identity_api.organisation_v1 o on o.id = s.institution_id and o.status = 'ACTIVE'
  where 'MARKETPLACE' = any(o.memberships) order by s.id`;

const insertSql = `
  insert into search_hit (person_id, need_id, search_id, institution_id, found_at)
  select person_id, need_id, search_id, institution_id, $2
  from jsonb_to_recordset($1::jsonb) as h (person_id uuid, need_id uuid, search_id uuid, institution_id uuid)
  on conflict do nothing returning person_id as "personId", need_id as "needId"`;

/** Who is to be told of needs that came onto the board. */
@Injectable()
export class SearchHits {
  constructor(
    private readonly leads: LeadReader,
    private readonly inputs: MatchInputs,
    private readonly shelf: Shelf,
    private readonly limits: LimitService,
  ) {}

  /** Tells each person at most once per need: at once, or by the daily digest when so wished or told enough today. */
  async find(tx: EntityManager, needIds: readonly string[], now: Date): Promise<void> {
    const leads = await this.leads.open(tx, needIds);
    if (leads.length === 0) return;
    const searches: StandingSearch[] = await tx.query(searchesSql);
    if (searches.length === 0) return;
    const found = await this.matching(tx, leads, searches, now);
    const pairs = new Map(found.map((hit): [string, Pair] => [pairKey(pairOf(hit)), pairOf(hit)]));
    const seen = await this.leads.seen(tx, [...pairs.values()], { now, day: dayOf(now) });
    const fresh = await keep(
      tx,
      found.filter((hit) => seen.has(pairKey(pairOf(hit)))),
      now,
    );
    await this.tell(tx, fresh, now);
  }

  private async matching(
    tx: EntityManager,
    leads: readonly ShownLead[],
    searches: readonly StandingSearch[],
    now: Date,
  ): Promise<Hit[]> {
    const wantsFamily = searches.some(({ filter }) => filter.families.length > 0);
    const familiesOf = wantsFamily ? await this.families(tx, leads, now) : () => () => nothing;
    return leads.flatMap((lead) =>
      hitsOf(lead, searches, familiesOf(lead.needId)).map((search): Hit => ({ lead, search })),
    );
  }

  /** Families of each bank's products that do not fail on a lead. */
  private async families(tx: EntityManager, leads: readonly ShownLead[], now: Date) {
    const shelf = await this.shelf.at(tx, now);
    const weights: FitWeights = await this.limits.policyAt(tx, now);
    const ids = leads.map(({ needId }) => needId);
    const inputs = new Map((await this.inputs.refresh(tx, ids, now)).map((input) => [input.needId, input]));
    return (needId: string) => {
      const input = inputs.get(needId);
      const byBank = new Map<string, Set<string>>();
      const facts = input && factsForBank(input);
      for (const product of facts ? shelf : []) {
        if (!fitOf(product, facts!, 'BANK', weights)) continue;
        const there = byBank.get(product.institutionId) ?? new Set();
        byBank.set(product.institutionId, there.add(product.terms.family));
      }
      return (institutionId: string): ReadonlySet<string> => byBank.get(institutionId) ?? nothing;
    };
  }

  private async tell(tx: EntityManager, fresh: readonly Hit[], now: Date): Promise<void> {
    const { maxSearchAlertsPerDay } = await this.limits.policyAt(tx, now);
    const told = await toldToday(
      tx,
      fresh.map(({ search }) => search.personId),
      now,
    );
    const atOnce = fresh.filter(({ search: { personId, delivery } }) => {
      const count = told.get(personId) ?? 0;
      if (delivery !== 'IMMEDIATE' || count >= maxSearchAlertsPerDay) return false;
      told.set(personId, count + 1);
      return true;
    });
    if (atOnce.length === 0) return;
    await tx.query(
      `update search_hit h set told_at = $2, at_once = true
       from jsonb_to_recordset($1::jsonb) as t (person_id uuid, need_id uuid)
       where h.person_id = t.person_id and h.need_id = t.need_id`,
      [JSON.stringify(atOnce.map(({ lead, search }) => ({ person_id: search.personId, need_id: lead.needId }))), now],
    );
    await addManyToOutbox(tx, searchHit, atOnce.map(eventOf), now);
  }
}

const nothing: ReadonlySet<string> = new Set();

const pairOf = ({ lead, search }: Hit): Pair => ({
  needId: lead.needId,
  institutionId: search.institutionId,
  institutionCode: search.institutionCode,
});

/** Those that were not known before. */
async function keep(tx: EntityManager, hits: readonly Hit[], now: Date): Promise<Hit[]> {
  if (hits.length === 0) return [];
  const rows: { personId: string; needId: string }[] = await tx.query(insertSql, [
    JSON.stringify(
      hits.map(({ lead, search }) => ({
        person_id: search.personId,
        need_id: lead.needId,
        search_id: search.id,
        institution_id: search.institutionId,
      })),
    ),
    now,
  ]);
  const fresh = new Set(rows.map(({ personId, needId }) => `${personId} ${needId}`));
  return hits.filter(({ lead, search }) => fresh.has(`${search.personId} ${lead.needId}`));
}

async function toldToday(tx: EntityManager, people: readonly string[], now: Date): Promise<Map<string, number>> {
  const rows: { personId: string; count: number }[] = await tx.query(
    `select person_id as "personId", count(*)::integer as count from search_hit
     where person_id = any($1::uuid[]) and at_once and told_at >= $2 group by person_id`,
    [people, startOfDay(dayOf(now))],
  );
  return new Map(rows.map(({ personId, count }) => [personId, count]));
}

const eventOf = ({ lead, search }: Hit) => ({
  personId: search.personId,
  institutionId: search.institutionId,
  searchId: search.id,
  searchName: search.name,
  needId: lead.needId,
  district: lead.district,
  industry: lead.industry,
  tier: lead.tier,
  scoreBand: lead.scoreBand,
  amountBand: lead.amountBand,
  termMonths: lead.termMonths,
  security: lead.security,
});
