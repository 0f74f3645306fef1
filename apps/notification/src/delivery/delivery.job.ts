import { counter } from '@app/observe';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';

import { type Content, DeliveryContent } from './delivery-content.service.js';
import { type Claimed, DeliveryQueue } from './delivery-queue.service.js';
import { MailSender, PermanentFailure } from './mail-sender.driver.js';
import { mailOf, smsOf } from './mail-text.rules.js';
import { SmsSender } from './sms-sender.driver.js';

/** Taken at a time and sent side by side: whoever dies leaves at most so many in doubt. */
const atOnce = 4;
/** A round ends after so many, so that the service can stop between rounds. */
const roundMax = 400;

const outcomes = counter('notification_delivery_total', 'Messages by how sending ended', ['channel', 'outcome']);

/** Sends what is due by e-mail and SMS. Copies of the service share the queue. */
@Injectable()
export class DeliveryJob extends PeriodicJob {
  protected override readonly everyMs = 1_000;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly content: DeliveryContent,
    private readonly mail: MailSender,
    private readonly sms: SmsSender,
  ) {
    super();
  }

  async run(): Promise<void> {
    if (!this.mail.isOpen() && !this.sms.isOpen()) return;
    await this.queue.gatherDigests();
    for (let sent = 0; sent < roundMax; sent += atOnce) {
      const claimed = await this.queue.claim(atOnce);
      await Promise.all(claimed.map((one) => this.send(one)));
      if (claimed.length < atOnce) return;
    }
  }

  private async send(claimed: Claimed): Promise<void> {
    const content = await this.content.of(claimed);
    if (!content) return this.queue.skipped(claimed, 'there is no address or no notice any more');
    if (content.quietUntil) return this.queue.postponed(claimed, content.quietUntil);
    try {
      await this.hand(claimed, content);
    } catch (error) {
      outcomes.inc({ channel: claimed.channel, outcome: 'failed' });
      return this.queue.failed(claimed, reasonOf(error), error instanceof PermanentFailure);
    }
    outcomes.inc({ channel: claimed.channel, outcome: 'sent' });
    return this.queue.sent(claimed);
  }

  private async hand({ id, channel, notice_id }: Claimed, { address, language, notices }: Content): Promise<void> {
    if (channel === 'EMAIL') {
      const mail = mailOf(notices, language, notice_id === null, this.content.portal);
      return this.mail.send({ id, to: address, ...mail });
    }
    const [first] = notices;
    return first && this.sms.send({ id, to: address, text: smsOf(first, language) });
  }
}

/** An error's text may repeat an address; the log of deliveries holds none. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/[^\s<>]+@[^\s<>]+/g, '…');
