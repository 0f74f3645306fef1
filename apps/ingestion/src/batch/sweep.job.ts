import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { Clock } from '@app/kernel';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { batchesDir, keepFilesDays, uploadsDir, worksOnBatches } from '../ingestion.config.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Clears files of batches that ended long ago, and what deliveries left behind that never became a batch. */
@Injectable()
export class SweepJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SweepJob.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

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
    await this.giveUpUploads();
    // What was made of a delivery lies beside it under the same name: `<id>.rows`, `<id>.data`.
    for (const name of names.filter((file) => !kept.has(file.split('.')[0]!))) {
      const path = join(batchesDir(), name);
      const ageMs = nowMs - ((await stat(path).catch(() => undefined))?.mtimeMs ?? nowMs);
      // A delivery in hand has no batch yet, but is written to all the time.
      if (ageMs > (batches.has(name) ? keepFilesDays() * dayMs : dayMs)) await rm(path, { force: true });
    }
  }

  /** Uploads to which nothing came for too long, finished ones that nobody asks for any more, and files of neither. */
  private async giveUpUploads(): Promise<void> {
    await this.db.query('delete from upload where expires_at <= $1', [this.clock.now()]);
    // The files first: one that begins in between is then in the table, and not the other way round.
    const names = await readdir(uploadsDir()).catch(() => [] as string[]);
    const open: { id: string }[] = await this.db.query('select id from upload where batch_id is null');
    const kept = new Set(open.map(({ id }) => id));
    for (const name of names.filter((one) => !kept.has(one))) await rm(join(uploadsDir(), name), { force: true });
  }
}
