import { AppError, Clock } from '@app/kernel';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { NotPulled, PullRunning } from '../connector/connector.error.js';
import { Connectors } from '../connector/connectors.service.js';
import { Visits } from '../connector/visits.service.js';
import { worksOnBatches } from '../ingestion.config.js';
import { Pulls } from './pull.service.js';

/** How often it is looked whose turn has come; schedules count in minutes. */
const lookEveryMs = 10_000;

/** Asks the sources on their schedules; an operator may ask at once. */
@Injectable()
export class PullJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(PullJob.name);
  private readonly stop = new AbortController();
  private readonly running = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly pulls: Pulls,
    private readonly visits: Visits,
    private readonly connectors: Connectors,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (!worksOnBatches()) return;
    this.timer = setInterval(() => {
      this.looking ??= this.look()
        .catch((error: unknown) => this.logger.error(error))
        .finally(() => (this.looking = undefined));
    }, lookEveryMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
    this.stop.abort();
    await Promise.all(this.running.values());
  }

  /** Starts what is due by the schedules. */
  async look(): Promise<void> {
    for (const feed of await this.visits.due(this.clock.now())) this.startIfSetUp(feed);
  }

  /** Waits for everything that runs now. */
  async settle(): Promise<void> {
    await Promise.all(this.running.values());
  }

  /** @throws NotPulled, PullRunning */
  start(feed: string): void {
    this.connectors.visitedFor(feed);
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
      if (!(error instanceof PullRunning || error instanceof NotPulled)) this.logger.error(error);
    }
  }

  private tell(feed: string, error: unknown): void {
    if (this.stop.signal.aborted) return;
    if (error instanceof AppError) this.logger.warn(`${feed}: ${error.message}`);
    else this.logger.error(error);
  }
}
