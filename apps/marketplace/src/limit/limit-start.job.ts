import { limitHeld } from '@app/contracts';
import { Clock } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { AuditTrail, theService } from '../audit/audit.service.js';
import { heldAbove } from './granted.rules.js';
import { GrantedService } from './granted.service.js';
import { LimitBook } from './limit-book.rules.js';
import { LimitChange } from './limit-change.entity.js';
import { noteStart } from './limit-start.driver.js';
import { approvedLimits } from './limit.service.js';

/** One copy looks at a time; the others leave it to the next round. */
const turnSql = 'select pg_try_advisory_xact_lock(7023, 1) as mine';
const startedSql = `
  select id from limit_change
  where status = 'APPROVED' and effective_from <= $1 and not exists (select 1 from limit_start where change_id = id)
  order by effective_from, version limit 50`;

/**
 * A limit that was planned comes into force by its day alone. What was granted between its approval and that day may lie
 * above it: the limit for those is what they hold, until they are within the new one. This round counts them, keeps the
 * count with the change, and tells the operators.
 */
@Injectable()
export class LimitStartJob extends PeriodicJob {
  protected readonly everyMs = 10_000;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly granted: GrantedService,
    private readonly audit: AuditTrail,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      const [{ mine }]: [{ mine: boolean }] = await tx.query(turnSql);
      if (!mine) return;
      const started: { id: string }[] = await tx.query(startedSql, [now]);
      for (const { id } of started) await this.start(tx, id, now);
    });
  }

  private async start(tx: EntityManager, id: string, now: Date): Promise<void> {
    const { effectiveFrom, version } = await tx.findOneByOrFail(LimitChange, { id });
    const all = await approvedLimits(tx);
    const [before, after] = [new LimitBook(all.filter((one) => one.version !== version)), new LimitBook(all)];
    const above = heldAbove(before, after, effectiveFrom, await this.granted.each(tx, now));
    await noteStart(tx, id, now, above);
    const act = { rootId: id, subject: 'limit' as const, subjectId: id, act: 'STARTED', detail: { above } };
    await this.audit.record(tx, [act], theService, now);
    const from = effectiveFrom.toISOString();
    const told = above.map((one) => ({ changeId: id, ...one, effectiveFrom: from }));
    if (told.length > 0) await addManyToOutbox(tx, limitHeld, told, now);
  }
}
