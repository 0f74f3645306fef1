import { dayOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { capsOf } from './cap.rules.js';
import { gradeSql } from './grade.service.js';
import type { HeadroomSubject, Usage } from './headroom.rules.js';
import type { LimitBook } from './limit-book.rules.js';
import { everywhere, intendedMaxOf, type ParameterName, type Policy } from './limit.rules.js';

interface CounterRow {
  id: string;
  institution: string | null;
  grade: string | null;
  open: number;
  today: number;
}

interface NeedRow {
  id: string;
  product: string | null;
  district: string | null;
  amountFen: string;
  intendedFen: string;
}

const busySql = `(counter.open_grabs > 0 or counter.day = $2)`;
const todaySql = `case when counter.day = $2 then counter.day_grabs else 0 end as today`;
const banksSql = `
  select counter.id, counter.id as institution, ${gradeSql('counter.id', '$1')} as grade, counter.open_grabs as open,
         ${todaySql}
  from institution_counter as counter where ${busySql}`;
const managersSql = `
  select counter.id, person.organisation_id as institution, ${gradeSql('person.organisation_id', '$1')} as grade,
         counter.open_grabs as open, ${todaySql}
  from manager_counter as counter left join identity_api.person_v1 as person on person.id = counter.id
  where ${busySql}`;
/** Only what may have reached the threshold under the narrowest cap leaves PostgreSQL: nearly no need has, of very many. */
const needsSql = `
  select id, product_id as product, district, amount_fen as "amountFen", intended_fen as "intendedFen"
  from need where ended_at is null and status in ('PUBLISHED', 'FULL') and intended_fen > 0
    and (intended_fen + 1)::numeric * 100000000 >= amount_fen::numeric * $1::bigint * $2::bigint`;
/** Of most rounds only what was grabbed since the last one, and what an alert stands for: nothing else has come nearer. */
const freshNeedsSql = `${needsSql} and id in (
    select need_id from grab where grabbed_at >= $3
    union select subject_id from headroom_alert where subject = 'NEED' and cleared_at is null)`;

export interface WhichNeeds {
  /** The share of a need's limit, in ten-thousandths, below which nobody asks for it. */
  leastBp: number;
  /** Only needs grabbed since then, and those with a standing alert; all of them when it is null. */
  since: Date | null;
}

/** How much of its limits everybody has used who has used any; of needs those that have used a given share. */
@Injectable()
export class UsageService {
  async now(db: EntityManager, book: LimitBook, at: Date, { leastBp, since }: WhichNeeds): Promise<Usage[]> {
    const today = dayOf(at);
    const banks: CounterRow[] = await db.query(banksSql, [at, today]);
    const managers: CounterRow[] = await db.query(managersSql, [at, today]);
    const overBp = capsOf(book, at).flatMap(({ over_bp: one }) => one ?? []);
    const bounds = [Math.min(...overBp), leastBp];
    const find = (): Promise<NeedRow[]> =>
      since ? db.query(freshNeedsSql, [...bounds, since]) : db.query(needsSql, bounds);
    const needs = overBp.length === 0 ? [] : await find();
    const ofCounter = (row: CounterRow): Policy =>
      book.at(at, { ...everywhere, institution: row.institution, grade: row.grade });
    return [
      ...banks.flatMap((row) => usagesOf('INSTITUTION', row, ofCounter(row))),
      ...managers.flatMap((row) => usagesOf('MANAGER', row, ofCounter(row))),
      ...needs.flatMap((row) =>
        usageOfNeed(row, book.at(at, { ...everywhere, product: row.product, district: row.district })),
      ),
    ];
  }
}

function usagesOf(subject: HeadroomSubject, { id, open, today }: CounterRow, policy: Policy): Usage[] {
  const [openWhat, dailyWhat] =
    subject === 'INSTITUTION'
      ? (['maxOpenGrabsPerInstitution', 'maxDailyGrabsPerInstitution'] as const)
      : (['maxOpenGrabsPerManager', 'maxDailyGrabsPerManager'] as const);
  const usage = (what: ParameterName, used: number, limit: number): Usage => ({
    subject,
    subjectId: id,
    what,
    used: BigInt(used),
    limit: BigInt(limit),
    limitVersion: policy.applied.get(what)?.version ?? policy.version,
  });
  const daily = usage(dailyWhat, today, policy[dailyWhat]);
  return policy.openGrabsLimited ? [usage(openWhat, open, policy[openWhat]), daily] : [daily];
}

function usageOfNeed({ id, amountFen, intendedFen }: NeedRow, policy: Policy): Usage[] {
  const limit = intendedMaxOf(policy, BigInt(amountFen) as never);
  if (limit === null) return [];
  const what = 'overSubscriptionBp';
  const limitVersion = policy.applied.get(what)?.version ?? policy.version;
  return [{ subject: 'NEED', subjectId: id, what, used: BigInt(intendedFen), limit, limitVersion }];
}
