import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { DueNeeds } from './due-needs.service.js';
import { TendingService } from './tending.service.js';

/** A freed place is offered again at most once a minute. */
const roundMs = 60_000;

/**
 * What happens without anybody's request: needs expire, cases and offers lapse at their deadlines, needs are suspended
 * and resumed, and close when nobody is left. Safe to run twice and in several copies: each need is looked at again
 * under its lock, and one that somebody else holds is left to the next round.
 */
@Injectable()
export class Housekeeping extends PeriodicJob {
  protected readonly everyMs = roundMs;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly needs: DueNeeds,
    private readonly tending: TendingService,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.runAt(this.clock.now());
  }

  /**
   * One round as at an instant, until nothing more is due. A need that fails keeps no other one waiting: the round goes
   * on, and fails at its end. The demo city makes a past year with it.
   */
  async runAt(now: Date): Promise<number> {
    const tended = new Set<string>();
    const failures: unknown[] = [];
    for (let ids = await this.needs.due(now, tended); ids.length > 0; ids = await this.needs.due(now, tended))
      for (const id of ids) {
        tended.add(id);
        await this.db.transaction((tx) => this.tending.tend(tx, id, now)).catch((error) => failures.push(error));
      }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} needs could not be tended`);
    return tended.size;
  }
}
