import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/credit.js';

type Schemas = components['schemas'];
export type Query = Schemas['MakeQueryRequest'];
export type Queried = Schemas['QueryResponse'];
export type Report = Schemas['ReportResponse'];
export type Receipt = Queried['receipt'];
export type Item = Schemas['ReportItemResponse'];
export type Field = Schemas['ReportFieldResponse'];

/** A query is an act that is logged, and never happens because a page was opened. */
export function useReport() {
  return useCommand({
    changes: ['queries'],
    send: (body: Query, key) => take(api.credit.POST('/api/credit/queries', { body, headers: withKey(key) })),
  });
}

/** Whether a receipt is genuine; it changes nothing, and anybody may ask. */
export function useReceiptCheck() {
  return useCommand({
    send: (body: Receipt) => take(api.credit.POST('/api/credit/receipts/verification', { body })),
  });
}
