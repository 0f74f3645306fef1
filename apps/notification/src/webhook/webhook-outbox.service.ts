import { Clock, dayOf, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { nextTry, webhookRetries } from '../delivery/retry.rules.js';
import { Notices } from '../notice/notices.service.js';
import { stableId, type Told } from '../telling/told.rules.js';
import { SecretBox } from './secret-box.driver.js';

export interface ClaimedMessage {
  id: string;
  endpoint_id: string;
  organisation_id: string;
  url: string;
  body: string;
  tries: number;
}

/** How one attempt went; no status when there was no answer. */
export interface Attempt {
  at: Date;
  status: number | null;
  durationMs: number;
  error: string | null;
}

/** Twenty sends one after the other, of ten seconds each at worst, fit into it. */
const leaseMs = 300_000;
const gone = 410;

export const succeeded = ({ status }: Attempt): boolean => status !== null && status >= 200 && status < 300;

/** The queue of webhooks: claimed with a lease, then marked. Who dies in between leaves it to be sent again. */
@Injectable()
export class WebhookOutbox {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly notices: Notices,
  ) {}

  /** Due messages of endpoints that are not busy here. */
  async claim(max: number, busy: readonly string[]): Promise<ClaimedMessage[]> {
    const now = this.clock.now();
    const [rows]: [ClaimedMessage[], number] = await this.db.query(
      `update webhook_message m set state = 'SENDING', claimed_until = $2, tries = tries + 1
       from (select m.id, e.url, e.organisation_id
             from webhook_message m join webhook_endpoint e on e.id = m.endpoint_id and e.state = 'ACTIVE'
             where m.state in ('QUEUED', 'SENDING') and m.not_before <= $1
               and (m.claimed_until is null or m.claimed_until <= $1) and m.endpoint_id <> all($4)
             order by m.not_before limit $3 for update of m skip locked) due
       where m.id = due.id
       returning m.id, m.endpoint_id, due.organisation_id, due.url, m.body, m.tries`,
      [now, new Date(now.getTime() + leaseMs), max, busy],
    );
    return rows;
  }

  /** The three headers of Standard Webhooks; while an older secret still holds, both sign. */
  async headers({ id, endpoint_id, body }: ClaimedMessage): Promise<Record<string, string>> {
    const now = this.clock.now();
    const timestamp = Math.floor(now.getTime() / 1_000);
    const rows: { sealed: Buffer }[] = await this.db.query(
      `select sealed from webhook_secret where endpoint_id = $1 and (retires_at is null or retires_at > $2)
       order by created_at desc`,
      [endpoint_id, now],
    );
    const secrets = await Promise.all(rows.map(({ sealed }) => this.box.open(sealed, endpoint_id)));
    return {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': secrets.map((secret) => this.box.sign(secret, id, timestamp, body)).join(' '),
    };
  }

  /** Notes an attempt and decides what follows from it. */
  async settle(message: ClaimedMessage, attempt: Attempt): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      await note(tx, message, attempt, now);
      if (succeeded(attempt)) return mark(tx, message, 'DELIVERED', now);
      const again = attempt.status === gone ? null : nextTry(webhookRetries, message.tries, now, Math.random());
      if (again) return mark(tx, message, 'QUEUED', again);
      await mark(tx, message, 'PARKED', now);
      if (attempt.status === gone) await pauseGone(tx, message);
      return this.notices.tell(tx, [parkedNotice(message, now)], now);
    });
  }
}

async function note(tx: EntityManager, { id }: ClaimedMessage, attempt: Attempt, now: Date): Promise<void> {
  const { at, status, durationMs, error } = attempt;
  await tx.query(
    'insert into webhook_attempt (message_id, id, at, status, duration_ms, error) values ($1, $2, $3, $4, $5, $6)',
    [id, uuidv7(now), at, status, Math.round(durationMs), error?.slice(0, 300) ?? null],
  );
}

async function mark(tx: EntityManager, { id }: ClaimedMessage, state: string, at: Date): Promise<void> {
  await tx.query(
    `update webhook_message set state = $2, claimed_until = null,
            not_before = case when $2 = 'QUEUED' then $3 else not_before end,
            delivered_at = case when $2 = 'DELIVERED' then $3 else delivered_at end
     where id = $1 and state = 'SENDING'`,
    [id, state, at],
  );
}

/** 410 says that nobody listens there any more, and means it. */
async function pauseGone(tx: EntityManager, { endpoint_id }: ClaimedMessage): Promise<void> {
  await tx.query(`update webhook_endpoint set state = 'PAUSED', reason = 'GONE' where id = $1 and state = 'ACTIVE'`, [
    endpoint_id,
  ]);
}

/** The admins hear of it once a day and endpoint, however many messages give up. */
const parkedNotice = ({ endpoint_id, organisation_id, url }: ClaimedMessage, now: Date): Told => ({
  kind: 'webhook.parked',
  subject: endpoint_id,
  sourceId: stableId('webhook.parked', endpoint_id, dayOf(now)),
  at: now.toISOString(),
  to: { adminsOf: organisation_id },
  variables: { host: new URL(url).host },
});
