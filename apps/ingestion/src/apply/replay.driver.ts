import { dayOf, uuidv7 } from '@app/kernel';
import type { Client } from 'pg';

import type { Contract } from '../contract/contract.rules.js';
import { overdueOf } from '../retention/overdue.driver.js';
import type { ArrivingRow, Head } from './classify.rules.js';
import { type SetAside, withoutContent } from './set-aside.rules.js';

/** Of a kept file that is applied again. */
export interface Replay {
  /** The place in line of the delivery that it repeats. */
  arrival: string;
  /** What is kept, and for how long, goes by the contract of today. */
  contract: Contract;
}

export interface ReplayPlace {
  feedId: number;
  replay: Replay;
  now: Date;
}

/** Rows to be compared with heads, and those that retention does not let in any more. */
export interface Admitted {
  rows: ArrivingRow[];
  over: SetAside[];
}

/** The time of some rows is over: they are accounted for by their line, and nothing of what they say is kept. */
export async function admitted(
  client: Client,
  { replay, now }: ReplayPlace,
  rows: readonly ArrivingRow[],
  heads: ReadonlyMap<string, Head>,
): Promise<Admitted> {
  const unheld = rows.filter(({ key }) => !heads.has(key));
  const { contract, arrival: replayArrival } = replay;
  const over = await overdueOf(client, { contract, replayArrival, today: dayOf(now) }, unheld);
  return { rows: rows.filter((row) => !over.has(row)), over: [...over].map(withoutContent) };
}

/**
 * Rows of a file that is applied once more. Of two files with one report date the later arrival wins, also when the
 * earlier one is applied again: such a row is history. Everything else is compared as always.
 */
export async function asArrived(
  client: Client,
  { feedId, replay }: Omit<ReplayPlace, 'now'>,
  rows: ArrivingRow[],
): Promise<ArrivingRow[]> {
  const keys = [...new Set(rows.map(({ key }) => key))];
  const { rows: later } = await client.query<{ key: string; report_date: string }>(
    `select h.record_key as key, h.report_date::text
     from unnest($2::text[]) k (key)
     cross join lateral (select * from record_head where feed_id = $1 and record_key = k.key offset 0) h
     cross join lateral (
       select batch_id from record r
       where r.uscc = h.uscc and r.feed_id = h.feed_id and r.record_key = h.record_key and r.version = h.version offset 0
     ) r
     join batch b on b.id = r.batch_id
     where coalesce(b.replay_arrival, b.arrival) > $3`,
    [feedId, keys, replay.arrival],
  );
  const days = new Map(later.map(({ key, report_date }) => [key, report_date]));
  return rows.map((row) => (days.get(row.key) === row.reportDate ? { ...row, collapsed: true } : row));
}

export interface EndedReplay {
  id: string;
  /** The delivery that was applied again. */
  replay_of: string;
  run_id: string;
}

/** The delivery itself and whatever applied it before. */
const earlier = `(b.id = $2 or b.replay_of = $2) and b.id <> $1`;

/**
 * A row that was set aside has its fate in the replay now, and is not work for people twice: what was open in the
 * delivery leaves the workbench, and what people had settled there does not come back.
 */
export async function settleReplayed(client: Client, { id, replay_of, run_id }: EndedReplay, now: Date): Promise<void> {
  const act = `
    insert into settlement_act (id, kind, feed, contract_version_id, state, rows, reason, made_by, made_at, into_batch)
    select $4, 'REPLAY', r.feed, null, 'SETTLED', c.rows, r.reason, r.proposed_by, $5, $6
    from operation_run r, (select count(*) as rows from chosen) c where r.id = $3 and c.rows > 0 returning id`;
  const settle = (chosen: string, into: string) =>
    client.query(
      `with chosen as (${chosen}), act as (${act})
       insert into settlement (act_id, place, batch_id, line_number, state, record_key, uscc)
       select act.id, c.line_number, c.batch_id, c.line_number, 'SETTLED', c.record_key, h.uscc
       from act, chosen c
       left join lateral (
         select uscc from record_head
         where feed_id = (select f.id from batch b join feed f using (feed) where b.id = $1)
           and record_key = c.record_key offset 0
       ) h on true`,
      [id, replay_of, run_id, uuidv7(now), now, into],
    );
  const settled = `exists (select from settlement s where s.batch_id = q.batch_id and s.line_number = q.line_number
                     and s.state <> 'REJECTED')`;
  await settle(
    `select q.batch_id, q.line_number, q.record_key from quarantine q
     where q.batch_id = $1 and not ${settled} and exists (
       select from batch b
       join settlement s on s.batch_id = b.id and s.line_number = q.line_number and s.state = 'SETTLED'
       join settlement_act a on a.id = s.act_id and a.kind <> 'REPLAY'
       where ${earlier})`,
    replay_of,
  );
  await settle(
    `select distinct on (q.line_number) q.batch_id, q.line_number, q.record_key
     from batch b join quarantine q on q.batch_id = b.id
     where ${earlier} and not ${settled} order by q.line_number, b.arrival desc`,
    id,
  );
}
