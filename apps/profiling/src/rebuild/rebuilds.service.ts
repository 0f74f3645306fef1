import { profilingFollowed, type rebuildTold } from '@app/contracts';
import { headsByKey, withPlanSettings } from '@app/database';
import { Clock } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { SearchUpkeep } from '@app/search';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export type Told = NonNullable<(typeof rebuildTold)['data']>;

/** An enterprise that a rebuild told of. */
export interface Retold {
  runId: string;
  uscc: string;
}

interface Row {
  run_id: string;
  heard: string;
  done: string;
}

/** Enterprises that the registry no longer has: whoever lost that event shows them still. */
const goneSql = `
  with gone as materialized (
    select e.uscc from enterprise e
    where not e.withdrawn and not exists (
      select from ingestion_api.record_v1 r where r.uscc = e.uscc and r.feed = 'registry.enterprise')
  ), kept as (
    insert into retold (uscc, run_id) select uscc, $1 from gone on conflict do nothing
  )
  insert into dirty (uscc, marked_at) select uscc, $2 from gone order by uscc on conflict (uscc) do nothing`;

/**
 * Makes profiles, and all that follows from them, anew for whom a rebuild tells of, and says how far it is. Everything
 * counts in the transaction that does it: whoever dies goes on where it stood. Locks go marks first, the rebuild's row last.
 */
@Injectable()
export class Rebuilds {
  constructor(
    private readonly search: SearchUpkeep,
    private readonly clock: Clock,
  ) {}

  /** Notes who is to be written anew; they are marked already. */
  async hear(tx: EntityManager, retold: readonly Retold[]): Promise<void> {
    const now = this.clock.now();
    for (const [runId, own] of byRun(retold)) {
      const usccs = [...new Set(own.map(({ uscc }) => uscc))].toSorted();
      await tx.query(`insert into retold (uscc, run_id) select unnest($2::text[]), $1 on conflict do nothing`, [
        runId,
        usccs,
      ]);
      await tx.query(
        `insert into rebuild as r (run_id, heard, begun_at) values ($1, $2, $3)
         on conflict (run_id) do update set heard = r.heard + excluded.heard`,
        [runId, own.length, now],
      );
      await this.progress(tx, runId);
    }
  }

  /** The rebuild has told everything: the count says when all of it was heard. */
  async told(tx: EntityManager, { runId, feed, events, by }: Told): Promise<void> {
    const now = this.clock.now();
    if (feed === 'registry.enterprise') {
      // It walks through every enterprise: seconds for a city.
      await tx.query(`set local statement_timeout = '10min'`);
      await withPlanSettings(tx, headsByKey, () => tx.query(goneSql, [runId, now]));
    }
    await tx.query(
      `insert into rebuild (run_id, feed, events, told_by, begun_at) values ($1, $2, $3, $4, $5)
       on conflict (run_id) do update set feed = excluded.feed, events = excluded.events, told_by = excluded.told_by`,
      [runId, feed, events, by, now],
    );
    await this.progress(tx, runId);
  }

  /** Of enterprises that are being scored in `tx`, those that are to be written whatever is held; nobody asks twice. */
  async take(tx: EntityManager, usccs: readonly string[]): Promise<Retold[]> {
    const [rows]: [Retold[], number] = await tx.query(
      'delete from retold where uscc = any($1) returning uscc, run_id as "runId"',
      [usccs],
    );
    return rows;
  }

  /** They were written in `tx`. */
  async written(tx: EntityManager, retold: readonly Retold[]): Promise<void> {
    for (const [runId, own] of byRun(retold)) {
      await tx.query('update rebuild set done = done + $2 where run_id = $1', [runId, own.length]);
      await this.progress(tx, runId);
    }
  }

  /** The row is locked by `tx`: what another round has written is seen here, and one of them finds the end. */
  private async progress(tx: EntityManager, runId: string): Promise<void> {
    const now = this.clock.now();
    const [ended]: [{ feed: string; told_by: string }[], number] = await tx.query(
      `update rebuild set ended_at = $2 where run_id = $1 and ended_at is null and heard >= events
         and not exists (select from retold where run_id = $1)
       returning feed, told_by`,
      [runId, now],
    );
    const [row]: Row[] = await tx.query('select heard, done from rebuild where run_id = $1', [runId]);
    const { heard, done } = row!;
    const counts = { heard: Number(heard), done: Number(done), total: null, ended: ended.length > 0 };
    await addToOutbox(tx, profilingFollowed, { runId, follower: 'profiling.profiles', ...counts }, now);
    for (const { feed, told_by } of ended) await this.follow(tx, feed, told_by);
  }

  /** What is made of profiles as a whole: the medians of today, and the index, in which documents may be too many. */
  private async follow(tx: EntityManager, feed: string, by: string): Promise<void> {
    await tx.query('delete from median_day where as_of >= $1', [this.clock.today()]);
    await this.search.rebuild(tx, `rebuild of ${feed}`, by);
  }
}

/** In one order everywhere, as each locks the row of its run. */
const byRun = (retold: readonly Retold[]): [string, Retold[]][] =>
  [...Map.groupBy(retold, ({ runId }) => runId)].toSorted(([a], [b]) => (a < b ? -1 : 1));
