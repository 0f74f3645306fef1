import { chineseCalendar, Clock, dayOf, endOfDay } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { faultsOfDraw, type PublishedDraw } from '../draw/draw.rules.js';
import { gradeSql } from '../limit/grade.service.js';
import { everywhere, intendedMaxOf, placesOf } from '../limit/limit.rules.js';
import { LimitService } from '../limit/limit.service.js';
import { type Statement, statements } from './invariant-statements.driver.js';
import type { InvariantResponse, InvariantsResponse } from './invariant.response.js';

const sampleMax = 10;
/** What takes longer than this on a large market is a case for a report and not for a page. */
const timeoutMs = 20_000;
/** Needs and draws that are decided again one by one; the newest of them. */
const recheckedMax = 20_000;

const openStates = `('ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED', 'ACCEPTED')`;
const lastGrantsSql = `
  select need.id, need.product_id as product, need.district, need.amount_fen as "amountFen",
         held.taken::integer as taken, held.intended, held.latest
  from (select need_id, count(*) as taken, sum(intended_fen) as intended, max(grabbed_at) as latest from grab
        where status in ${openStates} group by need_id order by need_id desc limit $1) as held
  join need on need.id = held.need_id`;
const lastOfBanksSql = `
  select held.institution, ${gradeSql('held.institution', 'held.latest')} as grade, held.open, held.latest
  from (select institution_id as institution, count(*)::integer as open, max(grabbed_at) as latest from grab
        where status in ${openStates} group by institution_id) as held`;
const deadlinesSql = `
  select distinct on (contact_by) contact_by as at, id from grab order by contact_by desc limit $1`;
const drawsSql = `
  select need_id as "needId", commitment, secret, seed, entries from draw where held_at is not null
  order by held_at desc limit $1`;

interface Held {
  id: string;
  product: string | null;
  district: string | null;
  amountFen: string;
  taken: number;
  intended: string;
  latest: Date;
}

interface HeldByBank {
  institution: string;
  grade: string | null;
  open: number;
  latest: Date;
}

/** Recounts from the rows what must never be otherwise, all of it in one snapshot that writes nothing. */
@Injectable()
export class InvariantService {
  /** Whoever asks while a count is under way gets that one. */
  private running: Promise<InvariantsResponse> | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly limits: LimitService,
  ) {}

  count(): Promise<InvariantsResponse> {
    this.running ??= this.recount().finally(() => (this.running = undefined));
    return this.running;
  }

  private recount(): Promise<InvariantsResponse> {
    const began = performance.now();
    const asOf = this.clock.now().toISOString();
    return this.db.transaction('REPEATABLE READ', async (tx) => {
      await tx.query('set transaction read only');
      await tx.query(`set local statement_timeout = ${timeoutMs}`);
      const items = [
        await this.placesKept(tx),
        await this.banksKept(tx),
        ...(await countAll(tx)),
        await this.deadlinesOnWorkdays(tx),
        await this.drawsHold(tx),
      ];
      const violations = items.reduce((sum, item) => sum + item.violations, 0);
      return { asOf, violations, tookMs: Math.round(performance.now() - began), items };
    });
  }

  /** A limit bounds new grabs: the last one of a need must have been within the limits of its own instant. */
  private async placesKept(tx: EntityManager): Promise<InvariantResponse> {
    const book = await this.limits.book(tx);
    const rows: Held[] = await tx.query(lastGrantsSql, [recheckedMax]);
    const broken = rows.filter(({ product, district, amountFen, taken, intended, latest }) => {
      const policy = book.at(latest, { ...everywhere, product, district });
      const [places, most] = [placesOf(policy), intendedMaxOf(policy, BigInt(amountFen) as never)];
      return (places !== null && taken > places) || (most !== null && BigInt(intended) > most);
    });
    return toInvariantResponse(
      {
        code: 'WITHIN_LIMITS',
        says: '名额数与拟贷金额之和不超过给出时的限额。',
        saysEn: 'Places held and amounts intended were within the limits when they were given.',
      },
      broken.map(({ id }) => id),
    );
  }

  /** The same for what a bank holds open: more than a limit only by grabs that are older than the limit. */
  private async banksKept(tx: EntityManager): Promise<InvariantResponse> {
    const book = await this.limits.book(tx);
    const rows: HeldByBank[] = await tx.query(lastOfBanksSql);
    const broken = rows.filter(({ institution, grade, open, latest }) => {
      const policy = book.at(latest, { ...everywhere, institution, grade });
      return policy.openGrabsLimited && open > policy.maxOpenGrabsPerInstitution;
    });
    return toInvariantResponse(
      {
        code: 'BANKS_WITHIN_LIMITS',
        says: '机构在办数在最后一次抢单时不超过当时的限额。',
        saysEn: 'What an institution holds open was within its limit at its latest grab.',
      },
      broken.map(({ institution }) => institution),
    );
  }

  private async deadlinesOnWorkdays(tx: EntityManager): Promise<InvariantResponse> {
    const rows: { at: Date; id: string }[] = await tx.query(deadlinesSql, [recheckedMax]);
    const broken = rows.filter(({ at }) => {
      const day = dayOf(at);
      return !chineseCalendar.isWorkday(day) || endOfDay(day).getTime() !== at.getTime();
    });
    return toInvariantResponse(
      {
        code: 'WORKDAY_DEADLINES',
        says: '首次联系的期限落在工作日的最后一刻。',
        saysEn: 'Deadlines of the first contact are the last moment of a working day.',
      },
      broken.map(({ id }) => id),
    );
  }

  private async drawsHold(tx: EntityManager): Promise<InvariantResponse> {
    const draws: PublishedDraw[] = await tx.query(drawsSql, [recheckedMax]);
    const broken = draws.filter((draw) => faultsOfDraw(draw).length > 0);
    return toInvariantResponse(
      {
        code: 'DRAWS_RECOMPUTE',
        says: '每次抽签都能由公布的数据重新算出。',
        saysEn: 'Every draw can be drawn again from what was published.',
      },
      broken.map(({ needId }) => needId),
    );
  }
}

async function countAll(tx: EntityManager): Promise<InvariantResponse[]> {
  const counted: InvariantResponse[] = [];
  for (const { sql, ...statement } of statements) {
    const [row]: [{ violations: number; sample: string[] | null }] = await tx.query(
      `with broken as (${sql})
       select (select count(*) from broken)::integer as violations,
              (select array_agg(id) from (select id from broken limit ${sampleMax}) as first) as sample`,
    );
    counted.push({ ...statement, violations: row.violations, sample: row.sample ?? [] });
  }
  return counted;
}

const toInvariantResponse = (what: Omit<Statement, 'sql'>, broken: readonly string[]): InvariantResponse => ({
  ...what,
  violations: broken.length,
  sample: broken.slice(0, sampleMax),
});
