import { Clock, uuidv7 } from '@app/kernel';
import { type Command, idCursor } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Facts } from '../fact/fact.service.js';
import { RebuildWaiting } from './rebuild.error.js';
import type { RebuildRow } from './rebuild.response.js';

const columns = `id, status, reason, requested_at as "requestedAt", done_at as "doneAt", facts`;

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

  /**
   * Does what is asked for in one transaction, mark included: a process that dies leaves the old figures and the
   * request. Another copy that looks meanwhile finds nothing to do.
   */
  async work(): Promise<void> {
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
    });
  }

  /** One more row than `limit`, newest first. */
  async list(cursor: string | undefined, limit: number): Promise<RebuildRow[]> {
    return this.db.query(
      `select ${columns} from rebuild where ($1::uuid is null or id < $1) order by id desc limit $2`,
      [idCursor(cursor), limit + 1],
    );
  }
}
