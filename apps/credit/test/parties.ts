import { makeUscc, type Uscc } from '@app/kernel';

import type { TestClient, TestService } from '../../../test/support/test-service.js';

let serial = 1;
export const aCode = (): Uscc => makeUscc('320505', (serial += 1));

/** An enterprise that can sign, and a bank that wants to read. */
export interface Parties {
  uscc: Uscc;
  enterprise: TestClient;
  bank: TestClient;
  bankCode: string;
}

export async function parties(service: TestService): Promise<Parties> {
  const uscc = aCode();
  const enterprise = await service.as('enterprise', { uscc });
  const bank = await service.as('account-manager');
  return { uscc, enterprise, bank, bankCode: bank.person!.organisationCode };
}

export const consent = (wish: object = {}) => ({
  limbs: ['COLLECTION', 'USE'],
  institutions: 'ALL',
  purposes: ['PRE_LOAN', 'POST_LOAN'],
  validFrom: '2026-11-23',
  validTo: '2027-11-22',
  ...wish,
});

export const authorisations = '/api/credit/authorisations';
export const queries = '/api/credit/queries';

export interface RecordWish {
  uscc: Uscc;
  feed: string;
  key: string;
  fields: object;
  basis?: string;
}

/** Puts a live record into ingestion's tables, as a batch would leave it. */
export async function aRecord({ db }: TestService, wish: RecordWish): Promise<void> {
  const { uscc, feed, key, fields, basis = 'AUTHORISED' } = wish;
  await db.query(
    `insert into ingestion.feed (id, feed, source, sources, title, basis, contract_version, freshness_days, contract, seen_at)
     select coalesce(max(id), 0) + 1, $1, '数源', '{}', $1, $2, '1', 30, '{}', now() from ingestion.feed
     on conflict (feed) do nothing`,
    [feed, basis],
  );
  await db.query(
    `with f as (select id from ingestion.feed where feed = $1), head as (
       insert into ingestion.record_head (feed_id, record_key, uscc, version, report_date, withdrawn, hash)
       select id, $2, $3, 1, '2026-11-01', false, ''::bytea from f
     )
     insert into ingestion.record
       (uscc, feed_id, record_key, version, op, event_date, report_date, fields, batch_id, line_number, received_at)
     select $3, id, $2, 1, 'I', '2026-10-31', '2026-11-01', $4, gen_random_uuid(), 1, now() from f`,
    [feed, key, uscc, JSON.stringify(fields)],
  );
}
