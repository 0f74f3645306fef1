import { Clock, uuidv7 } from '@app/kernel';
import { idCursor } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { cutsOfRound, reconcileSql } from './compare.rules.js';
import type { Difference, ReconciliationRow } from './reconciliation.response.js';

/**
 * What is younger may still be on its way from the other services: a relay and a consumer take milliseconds, a restart
 * of them less than this.
 */
const settledMinutes = 5;
/** Compares the figures with what the services publish. It looks and notes; only a rebuild changes figures. */
@Injectable()
export class Reconciliations {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** All sides in one snapshot, exact to the fen and the enterprise; in a large house some cuts at a time. */
  async reconcile(): Promise<ReconciliationRow> {
    const at = this.clock.now();
    const upTo = new Date(at.getTime() - settledMinutes * 60_000);
    return this.db.transaction('REPEATABLE READ', async (tx) => {
      // A city's acts want more than the usual minute and memory, once in five minutes.
      await tx.query(`set local statement_timeout = '10min'`);
      await tx.query(`set local work_mem = '64MB'`);
      const [size]: { acts: number; rounds: number }[] = await tx.query(
        `select reltuples::float8 as acts, (select count(*)::int from reconciliation) as rounds
         from pg_class where oid = 'fact'::regclass`,
      );
      const cuts = cutsOfRound(size!.acts, size!.rounds);
      const [found]: { cells: number; differenceCount: number; differences: Difference[] }[] = await tx.query(
        reconcileSql(cuts),
        [upTo],
      );
      const status = found!.differenceCount === 0 ? ('EQUAL' as const) : ('DIFFERENT' as const);
      const row: ReconciliationRow = { id: uuidv7(at), at, upTo, status, ...found! };
      await insert(tx, row);
      return row;
    });
  }

  /** One more row than `limit`, newest first. */
  async list(cursor: string | undefined, limit: number): Promise<ReconciliationRow[]> {
    return this.db.query(
      `select id, at, up_to as "upTo", status, cells, difference_count as "differenceCount", differences
       from reconciliation where ($1::uuid is null or id < $1) order by id desc limit $2`,
      [idCursor(cursor), limit + 1],
    );
  }
}

async function insert(tx: EntityManager, row: ReconciliationRow): Promise<void> {
  await tx.query(
    `insert into reconciliation (id, at, up_to, status, cells, difference_count, differences)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.id, row.at, row.upTo, row.status, row.cells, row.differenceCount, JSON.stringify(row.differences)],
  );
}
