import { addMonths, type Day, type Month, startOfDay } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Measure, Measures } from './quality.rules.js';

export interface InstitutionMonth {
  institutionId: string;
  institutionCode: string;
  institutionName: string;
  measures: Measures;
}

interface Row {
  institution_id: string;
  institution_code: string;
  institution_name: string;
  evidence_due: string;
  evidence_done: string;
  contact_due: string;
  contact_on_time: string;
  decision_due: string;
  decision_on_time: string;
  decided: string;
  approved: string;
  cases: string;
  borrowers: string;
  first_borrowers: string;
  paid_fen: string;
  unsecured_fen: string;
  payouts: string;
  stars: string;
  ratings: string;
  upheld: string;
}

/** Ended by somebody else, or given back in time: no longer the bank's to do. */
const notTheirs = (before: string, done: string): string =>
  `(status in ('CANCELLED', 'LOST', 'RELEASED') and ended_at < ${before} and ${done} is null)`;
const within = (instant: string): string => `${instant} >= $1 and ${instant} < $2`;

/** Every case that the month says anything about; $1 and $2 are its first instant and the next month's. */
const casesSql = `
  select g.institution_id, g.institution_code, g.institution_name, g.need_id, g.id, g.status, g.grabbed_at, g.contact_by,
         g.evidence_by, g.decide_by, g.contacted_at, g.evidence_at, g.ended_at, g.ended_reason,
         coalesce(o.first_at, case when g.status = 'DECLINED'
           or (g.status = 'LAPSED' and g.ended_reason = 'DECISION_DEADLINE') then g.ended_at end) as decided_at,
         o.first_at as offered_at
  from grab g
  left join lateral (select min(made_at) as first_at from offer where need_id = g.need_id and grab_id = g.id) o on true
  where g.grabbed_at < $2 and (g.ended_at is null or g.ended_at >= $1 or g.decide_by >= $1)`;

const caseCountsSql = `
  select institution_id, max(institution_code) as institution_code, max(institution_name) as institution_name,
    count(*) filter (where ended_at is null or ended_at >= $1) as cases,
    count(*) filter (where ${within('contact_by')} and not ${notTheirs('contact_by', 'contacted_at')}) as contact_due,
    count(*) filter (where ${within('contact_by')} and contacted_at <= contact_by) as contact_on_time,
    count(*) filter (where ${within('evidence_by')} and not ${notTheirs('evidence_by', 'evidence_at')}) as evidence_due,
    count(*) filter (where ${within('evidence_by')} and evidence_at < $2) as evidence_done,
    count(*) filter (where ${within('decide_by')} and not ${notTheirs('decide_by', 'decided_at')}) as decision_due,
    count(*) filter (where ${within('decide_by')} and decided_at <= decide_by and (offered_at is not null or status <> 'LAPSED'))
      as decision_on_time,
    count(*) filter (where ${within('decided_at')}) as decided,
    count(*) filter (where ${within('decided_at')} and offered_at is not null) as approved
  from cases group by institution_id`;

/** Money that stands: reports that were taken back do not count. An enterprise's first loan is its first on the market. */
const paidSql = `
  select d.id, d.amount_fen, d.drawn_on, n.uscc, g.institution_id, o.security
  from disbursement d join need n on n.id = d.need_id join grab g on g.need_id = d.need_id and g.id = d.grab_id
  join offer o on o.need_id = d.need_id and o.id = d.offer_id
  where d.amount_fen > 0 and d.drawn_on < $4
    and not exists (select 1 from disbursement r
                    where r.need_id = d.need_id and r.corrects_id = d.id and r.amount_fen < 0)`;

const moneySql = `
  select p.institution_id, count(*) as payouts, sum(p.amount_fen) as paid_fen,
         coalesce(sum(p.amount_fen) filter (where p.security = 'UNSECURED'), 0) as unsecured_fen,
         count(distinct p.uscc) as borrowers,
         count(distinct p.uscc) filter (where p.id = first.id) as first_borrowers
  from paid p join (select distinct on (uscc) uscc, id from paid order by uscc, drawn_on, id) first on first.uscc = p.uscc
  where p.drawn_on >= $3 group by p.institution_id`;

const figuresSql = `
  with cases as (${casesSql}), paid as (${paidSql}), counted as (${caseCountsSql}), money as (${moneySql}),
  rated as (select institution_id, sum(stars) as stars, count(*) as ratings from feedback
            where ${within('given_at')} group by institution_id),
  complained as (select institution_id, count(*) filter (where upheld) as upheld from complaint
                 where ${within('closed_at')} group by institution_id)
  select counted.*, coalesce(payouts, 0) as payouts, coalesce(paid_fen, 0) as paid_fen,
         coalesce(unsecured_fen, 0) as unsecured_fen, coalesce(borrowers, 0) as borrowers,
         coalesce(first_borrowers, 0) as first_borrowers, coalesce(stars, 0) as stars,
         coalesce(ratings, 0) as ratings, coalesce(upheld, 0) as upheld
  from counted left join money using (institution_id) left join rated using (institution_id)
  left join complained using (institution_id)
  order by institution_code`;

/** Counts what each bank did in a month, from the rows. */
@Injectable()
export class QualityFigures {
  async of(tx: EntityManager, month: Month): Promise<InstitutionMonth[]> {
    const [first, next] = boundsOf(month);
    const rows: Row[] = await tx.query(figuresSql, [startOfDay(first), startOfDay(next), first, next]);
    return rows.map((row) => ({
      institutionId: row.institution_id,
      institutionCode: row.institution_code,
      institutionName: row.institution_name,
      measures: measuresOf(row),
    }));
  }
}

/** First day of a month, and of the next one. */
export function boundsOf(month: Month): [Day, Day] {
  const first = `${month}-01` as Day;
  return [first, addMonths(first, 1)];
}

const share = (part: string, whole: string, base = whole): Measure => ({
  part: BigInt(part),
  whole: BigInt(whole),
  base: Number(base),
});

const measuresOf = (row: Row): Measures => ({
  TAKE_UP: share(row.evidence_done, row.evidence_due),
  FIRST_CONTACT_ON_TIME: share(row.contact_on_time, row.contact_due),
  DECISION_ON_TIME: share(row.decision_on_time, row.decision_due),
  APPROVAL: share(row.approved, row.decided),
  FIRST_LOAN: share(row.first_borrowers, row.borrowers),
  UNSECURED: share(row.unsecured_fen, row.paid_fen, row.payouts),
  // Nobody has to rate: without a rating nothing is known, which is no bad rating.
  STARS: row.ratings === '0' ? null : share(row.stars, String(5n * BigInt(row.ratings)), row.ratings),
  COMPLAINTS: share(row.upheld, row.cases),
});
