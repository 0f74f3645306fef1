import { supervisionFollowed } from '@app/contracts';
import { Clock, uuidv7 } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { type Command, idCursor } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Facts } from '../fact/fact.service.js';
import { RebuildWaiting } from './rebuild.error.js';
import type { RebuildRow } from './rebuild.response.js';

const columns = `id, status, reason, requested_at as "requestedAt", done_at as "doneAt", facts`;

/** A rebuild of records that asks for the figures as well. */
interface RebuildWish {
  runId: string;
  feed: string;
  by: string;
}

/** Figures made anew from the services' tables: asked for by an operator, done by a job, begun again after a crash. */
@Injectable()
export class Rebuilds {
  constructor(
    private readonly db: DataSource,
    private readonly facts: Facts,
    private readonly clock: Clock,
  ) {}

  /** @throws RebuildWaiting */
  async request({ tx, viewer, now }: Command, reason: string): Promise<RebuildRow> {
    const rows: RebuildRow[] = await tx.query(
      `insert into rebuild (id, status, reason, requested_by, requested_at) values ($1, 'REQUESTED', $2, $3, $4)
       on conflict do nothing returning ${columns}`,
      [uuidv7(now), reason, viewer.personId, now],
    );
    const [row] = rows;
    if (!row) throw new RebuildWaiting();
    return row;
  }

  /** Noted only: one that is under way may have read already what the rebuild of records has mended since. */
  async wish(tx: EntityManager, { runId, feed, by }: RebuildWish, at: Date): Promise<void> {
    await tx.query(
      `insert into rebuild_wish (run_id, feed, told_by, told_at) values ($1, $2, $3, $4) on conflict do nothing`,
      [runId, feed, by, at],
    );
  }

  /**
   * Does what is asked for in one transaction, mark included: a process that dies leaves the old figures and the
   * request. Another copy that looks meanwhile finds nothing to do.
   */
  async work(): Promise<void> {
    await this.takeUpWishes();
    await this.db.transaction(async (tx) => {
      const [row]: { id: string }[] = await tx.query(
        `select id from rebuild where status = 'REQUESTED' for update skip locked`,
      );
      if (!row) return;
      const facts = await this.facts.rebuild(tx);
      await tx.query(`update rebuild set status = 'DONE', done_at = $2, facts = $3 where id = $1`, [
        row.id,
        this.clock.now(),
        facts,
      ]);
      await this.tellWishes(tx, row.id, facts);
    });
  }

  /** All that wait become one request; while another one stands or is under way they wait for the next look. */
  private async takeUpWishes(): Promise<void> {
    const now = this.clock.now();
    await this.db.query(
      `with wish as (
         select run_id, feed, told_by from rebuild_wish where rebuild_id is null order by told_at, run_id
       ), made as (
         insert into rebuild (id, status, reason, requested_by, requested_at)
         select $1, 'REQUESTED', '重算下游：' || feed, told_by, $2 from wish limit 1 on conflict do nothing returning id
       )
       update rebuild_wish w set rebuild_id = made.id from made, wish where w.run_id = wish.run_id`,
      [uuidv7(now), now],
    );
  }

  private async tellWishes(tx: EntityManager, rebuildId: string, facts: number): Promise<void> {
    const rows: { run_id: string }[] = await tx.query('select run_id from rebuild_wish where rebuild_id = $1', [
      rebuildId,
    ]);
    const counts = { heard: 1, done: facts, total: facts, ended: true };
    const events = rows.map(({ run_id: runId }) => ({ runId, follower: 'supervision.figures' as const, ...counts }));
    await addManyToOutbox(tx, supervisionFollowed, events, this.clock.now());
  }

  /** One more row than `limit`, newest first. */
  async list(cursor: string | undefined, limit: number): Promise<RebuildRow[]> {
    return this.db.query(
      `select ${columns} from rebuild where ($1::uuid is null or id < $1) order by id desc limit $2`,
      [idCursor(cursor), limit + 1],
    );
  }
}
