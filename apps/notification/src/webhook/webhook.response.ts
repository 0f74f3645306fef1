import type { MessageState } from './register-webhook.request.js';

export interface EndpointRow {
  id: string;
  url: string;
  kinds: string[];
  state: 'ACTIVE' | 'PAUSED';
  reason: string | null;
  created_at: Date;
}

export class WebhookResponse {
  id: string;
  url: string;
  kinds: string[];
  state: 'ACTIVE' | 'PAUSED';
  /** GONE when the receiver answered 410. */
  reason: string | null;
  createdAt: Date;
}

export class WebhookSecretResponse extends WebhookResponse {
  /** Shown this once: keep it where your receiver finds it. */
  secret: string;
}

export class WebhookList {
  items: WebhookResponse[];
}

export interface MessageRow {
  id: string;
  kind: string;
  state: MessageState;
  tries: number;
  not_before: Date;
  created_at: Date;
  delivered_at: Date | null;
  body: string;
}

export class WebhookMessageResponse {
  /** What the receiver gets as `webhook-id`; the same at every try and replay. */
  id: string;
  kind: string;
  state: MessageState;
  tries: number;
  /** Of the next try, while it is queued. */
  notBefore: Date;
  createdAt: Date;
  deliveredAt: Date | null;
  /** Exactly what was signed. */
  body: string;
}

export class WebhookMessagePage {
  items: WebhookMessageResponse[];
  nextCursor: string | null;
}

export class WebhookAttemptResponse {
  at: Date;
  /** Of the answer; null when there was none. */
  status: number | null;
  durationMs: number;
  error: string | null;
}

export class WebhookAttemptList {
  items: WebhookAttemptResponse[];
}

export const toWebhookResponse = (row: EndpointRow): WebhookResponse => ({
  id: row.id,
  url: row.url,
  kinds: row.kinds,
  state: row.state,
  reason: row.reason,
  createdAt: row.created_at,
});

export const toWebhookSecretResponse = (row: EndpointRow, secret: string): WebhookSecretResponse =>
  Object.assign(toWebhookResponse(row), { secret });

export const toMessageResponse = (row: MessageRow): WebhookMessageResponse => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  tries: row.tries,
  notBefore: row.not_before,
  createdAt: row.created_at,
  deliveredAt: row.delivered_at,
  body: row.body,
});

export class PingResponse {
  messageId: string;
}
