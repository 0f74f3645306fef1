import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { AppError } from '@app/kernel';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { Intake } from '../batch/intake.service.js';
import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { dropDir, worksOnBatches } from '../ingestion.config.js';
import { Pauses } from '../operation/pauses.service.js';
import { dropFormOf, dropReferenceOf } from './drop-name.driver.js';

const pollMs = 2_000;

interface Seen {
  size: number;
  changedMs: number;
}

/**
 * Takes files that a source puts into `drop/<feed>/`: when a marker `<file>.done` lies beside it, or else when it did not
 * change between two looks. A file goes to `taken/`, or to `failed/` with a note that says why.
 */
@Injectable()
export class DropJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DropJob.name);
  private readonly seen = new Map<string, Seen>();
  /** Files that cannot be dealt with, told of once. */
  private readonly stuck = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly contracts: Contracts,
    private readonly intake: Intake,
    private readonly pauses: Pauses,
  ) {}

  onApplicationBootstrap(): void {
    if (!worksOnBatches()) return;
    this.timer = setInterval(() => {
      this.run().catch((error: unknown) => this.logger.error(error));
    }, pollMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running?.catch(() => undefined);
  }

  /** One look into every folder; whoever asks during a look waits for that one. */
  run(): Promise<void> {
    this.running ??= this.lookAround().finally(() => (this.running = undefined));
    return this.running;
  }

  private async lookAround(): Promise<void> {
    // Files of a paused feed stay where they are: their source sees that nobody took them yet.
    const paused = await this.pauses.paused();
    for (const contract of this.contracts.all().filter(({ feed }) => !paused.has(feed))) {
      const folder = join(dropDir(), contract.feed);
      const names = await readdir(folder).catch(() => [] as string[]);
      for (const name of names.toSorted())
        await this.look({ contract, folder, name, names }).catch((error: unknown) => this.tell(folder, name, error));
    }
  }

  /** What nobody can read or move stands in nobody else's way. */
  private tell(folder: string, name: string, error: unknown): void {
    const path = join(folder, name);
    if (this.stuck.has(path)) return;
    this.stuck.add(path);
    this.logger.error(`${path} is left where it is: ${(error as Error).message}`);
  }

  private async look(file: { contract: Contract; folder: string; name: string; names: string[] }): Promise<void> {
    const { folder, name, names } = file;
    const path = join(folder, name);
    if (name.startsWith('.') || name.endsWith('.done') || name.endsWith('.part')) return;
    // A link would have us read, and show, whatever we may read and its maker may not.
    const found = await lstat(path).catch(() => undefined);
    if (!found?.isFile()) return;
    const marked = names.includes(`${name}.done`);
    if (!marked && !this.isStill(path, { size: found.size, changedMs: found.mtimeMs })) return;
    this.seen.delete(path);
    await this.take(file.contract, folder, name);
    if (marked) await rename(`${path}.done`, join(folder, 'taken', `${name}.done`)).catch(() => undefined);
  }

  private isStill(path: string, now: Seen): boolean {
    const before = this.seen.get(path);
    this.seen.set(path, now);
    return before?.size === now.size && before.changedMs === now.changedMs;
  }

  private async take(contract: Contract, folder: string, name: string): Promise<void> {
    const path = join(folder, name);
    await Promise.all(['taken', 'failed'].map((to) => mkdir(join(folder, to), { recursive: true })));
    try {
      const reference = await dropReferenceOf(name, await reading(path));
      const form = dropFormOf(name, contract);
      const delivery = {
        feed: contract.feed,
        reference,
        origin: 'DROP' as const,
        form,
        // As by HTTP: JSON is UTF-8. One that was cut within a letter is not to be taken for GB18030.
        charset: contract.charset ?? (form === 'NDJSON' ? ('utf-8' as const) : null),
        deliveredBy: null,
      };
      await this.intake.take(delivery, await reading(path));
      await rename(path, join(folder, 'taken', name));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const problem = { code: error.code, detail: error.message };
      await writeFile(join(folder, 'failed', problemName(name)), `${JSON.stringify(problem, null, 2)}\n`);
      await rename(path, join(folder, 'failed', name));
    }
  }
}

const reading = async (path: string): Promise<Readable> =>
  (await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)).createReadStream();

/** Names have at most 255 bytes, and three for a letter. */
const problemName = (name: string): string => {
  const note = `${name}.problem.json`;
  return Buffer.byteLength(note) <= 255 ? note : `${name.slice(0, 70)}….problem.json`;
};
