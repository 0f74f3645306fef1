import type { Viewer } from '@app/auth';
import { type Command, idCursor, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { MessageListQuery } from './register-webhook.request.js';
import { EndpointNotFound, MessageUnderWay } from './webhook.error.js';
import {
  type MessageRow,
  toMessageResponse,
  type WebhookAttemptResponse,
  type WebhookMessagePage,
  type WebhookMessageResponse,
} from './webhook.response.js';
import { Webhooks } from './webhooks.service.js';

const columns = 'id, kind, state, tries, not_before, created_at, delivered_at, body';

/** What was sent to a webhook, and how it went. */
@Injectable()
export class WebhookLog {
  constructor(
    private readonly db: DataSource,
    private readonly webhooks: Webhooks,
  ) {}

  /** Newest first. @throws EndpointNotFound */
  async list(viewer: Viewer, endpointId: string, query: MessageListQuery): Promise<WebhookMessagePage> {
    await this.webhooks.find(this.db.manager, viewer, endpointId);
    const limit = query.limit ?? pageRowsMax;
    const rows: MessageRow[] = await this.db.query(
      `select ${columns} from webhook_message
       where endpoint_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3)
       order by id desc limit $4`,
      [endpointId, query.state ?? null, idCursor(query.cursor), limit + 1],
    );
    return pageOf(rows, limit, toMessageResponse, ({ id }) => [id]);
  }

  /** Oldest first. @throws EndpointNotFound */
  async attempts(viewer: Viewer, endpointId: string, messageId: string): Promise<WebhookAttemptResponse[]> {
    await this.webhooks.find(this.db.manager, viewer, endpointId);
    await find(this.db.manager, endpointId, messageId);
    return this.db.query(
      `select at, status, duration_ms as "durationMs", error from webhook_attempt where message_id = $1
       order by id limit ${pageRowsMax}`,
      [messageId],
    );
  }

  /** Sends it again under the same id, with all its tries. @throws EndpointNotFound, MessageUnderWay */
  async replay({ tx, viewer, now }: Command, endpointId: string, messageId: string): Promise<WebhookMessageResponse> {
    await this.webhooks.find(tx, viewer, endpointId);
    await find(tx, endpointId, messageId);
    const [changed]: [object[], number] = await tx.query(
      `update webhook_message set state = 'QUEUED', tries = 0, not_before = $2
       where id = $1 and state in ('PARKED', 'DELIVERED') returning id`,
      [messageId, now],
    );
    if (changed.length === 0) throw new MessageUnderWay();
    return toMessageResponse(await find(tx, endpointId, messageId));
  }
}

async function find(db: EntityManager, endpointId: string, id: string): Promise<MessageRow> {
  const [row]: MessageRow[] = await db.query(
    `select ${columns} from webhook_message where id = $1 and endpoint_id = $2`,
    [id, endpointId],
  );
  if (!row) throw new EndpointNotFound();
  return row;
}
