import { PeriodicJob } from '@app/service';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Reconciliations } from './reconciliation.service.js';

const lock = `pg_try_advisory_xact_lock(hashtextextended('supervision reconciliation', 8))`;

/** Looks again and again whether the figures still equal the services' tables. */
@Injectable()
export class ReconcileJob extends PeriodicJob {
  /** It reads every published row once: often enough for a regulator's day, seldom enough to cost little. */
  protected override readonly everyMs = 5 * 60_000;
  private readonly log = new Logger('reconciliation');

  constructor(
    private readonly db: DataSource,
    private readonly reconciliations: Reconciliations,
  ) {
    super();
  }

  /** One copy of the service at a time; the others skip their round. */
  async run(): Promise<void> {
    await this.db.transaction(async (tx) => {
      const [got]: { mine: boolean }[] = await tx.query(`select ${lock} as mine`);
      if (!got?.mine) return;
      const { status, differenceCount } = await this.reconciliations.reconcile();
      if (status === 'DIFFERENT') this.log.error(`${differenceCount} cells differ from the services' tables`);
    });
  }
}
