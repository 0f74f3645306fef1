import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { TurnService } from './turn.service.js';

/** Needs looked up at a time; each has a transaction of its own. */
const needsMax = 200;
/** A line that nobody could move is asked again after a minute: limits may have changed without any act on the need. */
const restMs = 60_000;

const drawsSql = `
  select id from need
  where sealed_until < $1 and drawn_at is null and sealed_until is not null
    and status in ('PUBLISHED', 'FULL') and suspended_at is null and closes_at >= $1
  order by sealed_until, id limit $2`;
const linesSql = `
  select id from need
  where waiting > 0 and status = 'PUBLISHED' and suspended_at is null and closes_at >= $1
    and (line_seen_at is null or line_seen_at < $3)
  order by line_seen_at nulls first, id limit $2`;

/** Once a second: draws whose window has closed, and lines in which a place may have become free. */
@Injectable()
export class TurnJob extends PeriodicJob {
  protected readonly everyMs = 1_000;
  private readonly failures = new Logger(TurnJob.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly turns: TurnService,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    const draws: { id: string }[] = await this.db.query(drawsSql, [now, needsMax]);
    for (const { id } of draws) await this.one((tx) => this.turns.draw(tx, id, now));
    const rested = new Date(now.getTime() - restMs);
    const lines: { id: string }[] = await this.db.query(linesSql, [now, needsMax, rested]);
    for (const { id } of lines) await this.one((tx) => this.turns.line(tx, id, now));
  }

  /** One need that cannot be served must not keep the others waiting. */
  private async one(work: (tx: EntityManager) => Promise<void>): Promise<void> {
    try {
      await this.db.transaction(work);
    } catch (error) {
      this.failures.error(error);
    }
  }
}
