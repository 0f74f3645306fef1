import type { DeliveryState } from './list-deliveries.request.js';

export interface DeliveryRow {
  id: string;
  channel: 'EMAIL' | 'SMS';
  kind: string | null;
  state: DeliveryState;
  tries: number;
  not_before: Date;
  sent_at: Date | null;
  created_at: Date;
  error: string | null;
}

/** How sending went; neither the address nor the text is the operator's business. */
export class DeliveryResponse {
  id: string;
  channel: 'EMAIL' | 'SMS';
  /** Null for a digest. */
  kind: string | null;
  state: DeliveryState;
  tries: number;
  notBefore: Date;
  sentAt: Date | null;
  createdAt: Date;
  error: string | null;
}

export class DeliveryPage {
  items: DeliveryResponse[];
  nextCursor: string | null;
}

export const toDeliveryResponse = (row: DeliveryRow): DeliveryResponse => ({
  id: row.id,
  channel: row.channel,
  kind: row.kind,
  state: row.state,
  tries: row.tries,
  notBefore: row.not_before,
  sentAt: row.sent_at,
  createdAt: row.created_at,
  error: row.error,
});
