import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { batchesDir, keepFilesDays, worksOnBatches } from '../ingestion.config.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Clears files of batches that ended long ago, and what deliveries left behind that never became a batch. */
@Injectable()
export class SweepJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SweepJob.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly db: DataSource) {}

  onApplicationBootstrap(): void {
    if (!worksOnBatches()) return;
    this.timer = setInterval(() => {
      this.run().catch((error: unknown) => this.logger.error(error));
    }, hourMs);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Ages are those of the files on disk: the machine's time, not the business clock. */
  async run(nowMs = Date.now()): Promise<void> {
    const names = await readdir(batchesDir()).catch(() => [] as string[]);
    const open: { id: string }[] = await this.db.query(`select id from batch where status in ('RECEIVED', 'RUNNING')`);
    const known: { id: string }[] = await this.db.query('select id from batch where id::text = any($1)', [names]);
    const [kept, batches] = [new Set(open.map(({ id }) => id)), new Set(known.map(({ id }) => id))];
    for (const name of names.filter((file) => !kept.has(file))) {
      const path = join(batchesDir(), name);
      const ageMs = nowMs - ((await stat(path).catch(() => undefined))?.mtimeMs ?? nowMs);
      // A delivery in hand has no batch yet, but is written to all the time.
      if (ageMs > (batches.has(name) ? keepFilesDays() * dayMs : dayMs)) await rm(path, { force: true });
    }
  }
}
