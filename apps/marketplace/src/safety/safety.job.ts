import { setImmediate } from 'node:timers/promises';

import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { AnomalyRows } from './anomaly-rows.service.js';
import { looks } from './anomaly.rules.js';
import { Flags } from './flags.service.js';
import { SafetySchemes } from './safety-schemes.service.js';

const lock = `pg_try_advisory_xact_lock(hashtextextended('marketplace anomalies', 7054))`;

/** Looks over the recent rows for what no honest bank does. One copy of the service at a time. */
@Injectable()
export class SafetyJob extends PeriodicJob {
  protected readonly everyMs = 10 * 60_000;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly rows: AnomalyRows,
    private readonly schemes: SafetySchemes,
    private readonly flags: Flags,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      const [got]: { mine: boolean }[] = await tx.query(`select ${lock} as mine`);
      if (!got?.mine) return;
      const scheme = await this.schemes.at(tx, now);
      const traces = await this.rows.since(tx, new Date(now.getTime() - scheme.windowDays * 86_400_000));
      for (const look of looks) {
        // Grabs that wait go on between two looks over many rows.
        await setImmediate();
        for (const finding of look(traces, scheme, now)) await this.flags.raise(tx, finding, now);
      }
    });
  }
}
