import { Clock } from '@app/kernel';
import { counter } from '@app/observe';
import { PeriodicJob } from '@app/service';
import { Injectable, Logger } from '@nestjs/common';

import { GuardedPost } from './guarded-post.driver.js';
import { type Attempt, type ClaimedMessage, succeeded, WebhookOutbox } from './webhook-outbox.service.js';

/** Endpoints share this; each has one send under way at a time, so that a slow one holds up nobody but itself. */
const claimMax = 20;

const outcomes = counter('notification_webhook_total', 'Webhook attempts by how they ended', ['outcome']);

/** Sends webhooks that are due. Copies of the service share the queue. */
@Injectable()
export class WebhookJob extends PeriodicJob {
  protected override readonly everyMs = 500;
  private readonly log = new Logger('webhook');
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly outbox: WebhookOutbox,
    private readonly line: GuardedPost,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Starts what is due and does not wait for it. */
  async run(): Promise<void> {
    const claimed = await this.outbox.claim(claimMax, [...this.running.keys()]);
    for (const [endpointId, messages] of Map.groupBy(claimed, ({ endpoint_id }) => endpoint_id)) {
      const sending = this.sendAll(messages).finally(() => this.running.delete(endpointId));
      this.running.set(endpointId, sending);
    }
  }

  /** Ends with what is under way now. */
  async settled(): Promise<void> {
    await Promise.all(this.running.values());
  }

  override async beforeApplicationShutdown(): Promise<void> {
    await super.beforeApplicationShutdown();
    await this.settled();
  }

  private async sendAll(messages: readonly ClaimedMessage[]): Promise<void> {
    for (const message of messages) {
      try {
        await this.outbox.settle(message, await this.attempt(message));
      } catch (error) {
        // The lease lapses, and the message is sent again.
        this.log.error(error);
      }
    }
  }

  private async attempt(message: ClaimedMessage): Promise<Attempt> {
    const at = this.clock.now();
    const from = performance.now();
    const attempt = await this.post(message).then(
      (status) => ({ status, error: null }),
      (error: Error) => ({ status: null, error: `${error.name}: ${error.message}` }),
    );
    const done = { ...attempt, at, durationMs: performance.now() - from };
    outcomes.inc({ outcome: succeeded(done) ? 'delivered' : 'failed' });
    return done;
  }

  private async post(message: ClaimedMessage): Promise<number> {
    const headers = await this.outbox.headers(message);
    const sent = { ...headers, 'content-type': 'application/json; charset=utf-8', 'user-agent': 'xinqiao-webhook/1' };
    return this.line.post(message.url, sent, message.body);
  }
}
