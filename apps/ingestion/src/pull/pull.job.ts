import { AppError } from '@app/kernel';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { worksOnBatches } from '../ingestion.config.js';
import { PullRunning } from './pull.error.js';
import { Pulls } from './pull.service.js';

const minuteMs = 60_000;

/** Asks the sources on their schedules; an operator may ask at once. */
@Injectable()
export class PullJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(PullJob.name);
  private readonly stop = new AbortController();
  private readonly running = new Map<string, Promise<void>>();
  private timers: NodeJS.Timeout[] = [];

  constructor(private readonly pulls: Pulls) {}

  onApplicationBootstrap(): void {
    if (!worksOnBatches()) return;
    this.timers = this.pulls.connectors.map(({ feeds, everyMinutes }) =>
      setInterval(() => feeds.forEach((feed) => this.startIfSetUp(feed)), everyMinutes * minuteMs),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.timers.forEach((timer) => clearInterval(timer));
    this.stop.abort();
    await Promise.all(this.running.values());
  }

  /** @throws NotPulled, PullRunning */
  start(feed: string): void {
    this.pulls.sourceOf(feed, this.stop.signal);
    if (this.running.has(feed)) throw new PullRunning();
    const pulling = this.run(feed)
      .catch((error: unknown) => this.tell(feed, error))
      .finally(() => this.running.delete(feed));
    this.running.set(feed, pulling);
  }

  async run(feed: string): Promise<void> {
    const rows = await this.pulls.pull(feed, this.stop.signal);
    if (rows !== undefined) this.logger.log(`${feed}: pulled ${rows} rows`);
  }

  private startIfSetUp(feed: string): void {
    try {
      this.start(feed);
    } catch (error) {
      if (!(error instanceof AppError)) this.logger.error(error);
    }
  }

  private tell(feed: string, error: unknown): void {
    if (this.stop.signal.aborted) return;
    this.logger.warn(`${feed}: ${(error as Error).message}`);
  }
}
