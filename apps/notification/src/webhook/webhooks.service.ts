import type { Viewer } from '@app/auth';
import { Clock, InvalidInput, uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { AddressGuard } from './address-guard.driver.js';
import type { RegisterWebhookRequest } from './register-webhook.request.js';
import { SecretBox } from './secret-box.driver.js';
import { WebhookQueue } from './webhook-queue.service.js';
import { EndpointNotFound, TooManyEndpoints } from './webhook.error.js';
import {
  type EndpointRow,
  toWebhookResponse,
  toWebhookSecretResponse,
  type WebhookResponse,
  type WebhookSecretResponse,
} from './webhook.response.js';

/** One for each system, its test and its successor. */
const endpointsMax = 5;
/** How long the old secret signs beside the new one. */
const overlapMs = 24 * 3_600_000;

const columns = 'id, url, kinds, state, reason, created_at';

/** The webhooks of an institution, kept by its admins. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly guard: AddressGuard,
    private readonly box: SecretBox,
    private readonly queue: WebhookQueue,
  ) {}

  async list({ organisation }: Viewer): Promise<WebhookResponse[]> {
    const rows: EndpointRow[] = await this.db.query(
      `select ${columns} from webhook_endpoint where organisation_id = $1 and state <> 'REMOVED' order by id desc`,
      [organisation.id],
    );
    return rows.map(toWebhookResponse);
  }

  /** @throws InvalidInput, TooManyEndpoints */
  async register(viewer: Viewer, { url, kinds }: RegisterWebhookRequest): Promise<WebhookSecretResponse> {
    const fault = URL.canParse(url) ? this.guard.faultOf(new URL(url)) : 'must be an address';
    if (fault) throw new InvalidInput([{ pointer: '/url', detail: fault }]);
    const now = this.clock.now();
    const id = uuidv7(now);
    return this.db.transaction(async (tx) => {
      await lockOrganisation(tx, viewer.organisation.id);
      const [{ count }]: [{ count: string }] = await tx.query(
        `select count(*) from webhook_endpoint where organisation_id = $1 and state <> 'REMOVED'`,
        [viewer.organisation.id],
      );
      if (Number(count) >= endpointsMax) throw new TooManyEndpoints(endpointsMax);
      await tx.query(
        `insert into webhook_endpoint (id, organisation_id, url, kinds, state, created_by, created_at)
         values ($1, $2, $3, $4, 'ACTIVE', $5, $6)`,
        [id, viewer.organisation.id, new URL(url).href, kinds, viewer.personId, now],
      );
      return this.withNewSecret(tx, viewer, id, now);
    });
  }

  /** The old secret signs beside the new one for a day. @throws EndpointNotFound */
  async rotate(viewer: Viewer, id: string): Promise<WebhookSecretResponse> {
    const now = this.clock.now();
    return this.db.transaction(async (tx) => {
      await this.find(tx, viewer, id, 'for update');
      await tx.query('delete from webhook_secret where endpoint_id = $1 and retires_at is not null', [id]);
      await tx.query('update webhook_secret set retires_at = $2 where endpoint_id = $1', [
        id,
        new Date(now.getTime() + overlapMs),
      ]);
      return this.withNewSecret(tx, viewer, id, now);
    });
  }

  /** While it is paused messages wait; nothing is lost. @throws EndpointNotFound */
  async setState({ tx, viewer }: Command, id: string, state: 'ACTIVE' | 'PAUSED'): Promise<WebhookResponse> {
    await this.find(tx, viewer, id, 'for update');
    await tx.query('update webhook_endpoint set state = $2, reason = null where id = $1', [id, state]);
    return toWebhookResponse(await this.find(tx, viewer, id));
  }

  /** What was not sent yet is dropped with it; the log stays. @throws EndpointNotFound */
  async remove({ tx, viewer }: Command, id: string): Promise<void> {
    await this.find(tx, viewer, id, 'for update');
    await tx.query(`update webhook_endpoint set state = 'REMOVED' where id = $1`, [id]);
    await tx.query('delete from webhook_secret where endpoint_id = $1', [id]);
    await tx.query(`delete from webhook_message where endpoint_id = $1 and state = 'QUEUED'`, [id]);
  }

  /** The id of the message. @throws EndpointNotFound */
  async ping({ tx, viewer, now }: Command, id: string): Promise<string> {
    await this.find(tx, viewer, id);
    return this.queue.ping(tx, id, now);
  }

  /** @throws EndpointNotFound also for another institution's */
  async find(db: EntityManager, { organisation }: Viewer, id: string, lock = ''): Promise<EndpointRow> {
    const [row]: EndpointRow[] = await db.query(
      `select ${columns} from webhook_endpoint where id = $1 and organisation_id = $2 and state <> 'REMOVED' ${lock}`,
      [id, organisation.id],
    );
    if (!row) throw new EndpointNotFound();
    return row;
  }

  private async withNewSecret(
    tx: EntityManager,
    viewer: Viewer,
    id: string,
    now: Date,
  ): Promise<WebhookSecretResponse> {
    const secret = this.box.newSecret();
    await tx.query('insert into webhook_secret (id, endpoint_id, sealed, created_at) values ($1, $2, $3, $4)', [
      uuidv7(now),
      id,
      await this.box.seal(secret, id),
      now,
    ]);
    return toWebhookSecretResponse(await this.find(tx, viewer, id), secret);
  }
}

/** Two registrations of one institution count one after the other. */
const lockOrganisation = (tx: EntityManager, id: string) =>
  tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 31))`, [`webhooks of ${id}`]);
