import { counter, seconds } from '@app/observe';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';

const runs = counter('job_runs_total', 'Rounds of periodic work by how they ended.', ['task', 'outcome']);
const durations = seconds('job_duration_seconds', 'Time of one round of periodic work.', ['task']);

/** Work that a service does by itself every so often. Copies of a service share it through SKIP LOCKED or a lock in `run`. */
export abstract class PeriodicJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Pause between the end of one round and the start of the next. */
  protected abstract readonly everyMs: number;
  private readonly logger = new Logger(this.constructor.name);
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private stopped = false;
  private paused = false;

  /** One round; a failure is logged and the next round comes all the same. */
  abstract run(): Promise<void>;

  onApplicationBootstrap(): void {
    this.plan();
  }

  /** Ends the round in flight before the service closes its pools. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  /** Lets no further round start until `resume`, and waits for the one in flight. */
  async pause(): Promise<void> {
    this.paused = true;
    await this.round;
  }

  resume(): void {
    this.paused = false;
  }

  private plan(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.once().finally(() => this.plan());
    }, this.everyMs);
    this.timer.unref();
  }

  private async once(): Promise<void> {
    if (this.paused) return;
    const task = this.constructor.name;
    const stop = durations.startTimer({ task });
    try {
      await this.run();
      runs.inc({ task, outcome: 'done' });
    } catch (error) {
      runs.inc({ task, outcome: 'failed' });
      if (!this.stopped) this.logger.error(error);
    } finally {
      stop();
    }
  }
}
