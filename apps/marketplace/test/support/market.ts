import { randomUUID } from 'node:crypto';

import { dayOf, makeUscc, type Uscc } from '@app/kernel';
import type { Response } from 'supertest';

import { startService, type TestClient, type TestService } from '../../../../test/support/test-service.js';
import { database } from '../../src/data-source.js';
import { Housekeeping, MarketplaceModule } from '../../src/marketplace.module.js';

const root = '/api/marketplace';
let serial = 100;

export interface Enterprise extends TestClient {
  uscc: Uscc;
  name: string;
}

/** The marketplace with the people and acts that its stories are made of. */
export interface Market extends TestService {
  /** An enterprise with an account, a profile in T3 and an authorisation for everybody. */
  enterprise(wish?: {
    authorised?: boolean;
    status?: 'ACTIVE' | 'PENDING';
    institutions?: string[];
  }): Promise<Enterprise>;
  bank(wish?: { code?: string; memberships?: ('CREDIT' | 'MARKETPLACE')[] }): Promise<TestClient>;
  banks(count: number): Promise<TestClient[]>;
  /** A published need of a new enterprise, or of the one given. */
  need(wish?: object, of?: Enterprise): Promise<{ id: string; enterprise: Enterprise }>;
  grab(bank: TestClient, needId: string, intendedFen?: string, headers?: Record<string, string>): Promise<Response>;
  /** Two operators change a limit, in force at once. */
  limit(what: string, value: unknown): Promise<void>;
  revoke(uscc: string): Promise<void>;
  authorise(uscc: string, wish?: { institutions?: string[]; limbs?: string[]; validTo?: string }): Promise<void>;
  keepHouse(): Promise<number>;
  /** Counters that do not equal a count of the rows: none, whatever happened. */
  miscounts(): Promise<object[]>;
}

export const needBody = {
  amountFen: '500000000',
  termMonths: 12,
  purpose: '研发投入',
  security: 'UNSECURED',
  annualRateBpMax: 450,
  contact: { name: '周会计', phone: '13800001111' },
};

export const offerBody = {
  amountFen: '300000000',
  annualRateBp: 395,
  termMonths: 12,
  repayment: 'INTEREST_FIRST',
  security: 'UNSECURED',
  validTo: '2026-12-13',
};

export async function startMarket(): Promise<Market> {
  const service = await startService(database, MarketplaceModule);
  await standIn(service);
  const parts = { ...people(service), ...consents(service) };
  return Object.assign(service, parts, acts(service, parts));
}

/** The published views of other services as plain tables: only their contract matters here, not how they fill them. */
async function standIn({ db }: TestService): Promise<void> {
  await db.query(`
    drop view profiling_api.enterprise_v1 cascade;
    create table profiling_api.enterprise_v1 (uscc text, name text, district text, industry text, industry2 text,
      tier text, titles text[], score int, score_band text, model_version text, status text, updated_at timestamptz);
    drop view credit_api.authorisation_v1 cascade;
    create table credit_api.authorisation_v1 (id uuid, uscc text, limbs text[], institutions text[], purposes text[],
      valid_from date, valid_to date, signed_at timestamptz, revoked_at timestamptz, text_version text);
    grant select on profiling_api.enterprise_v1, credit_api.authorisation_v1 to marketplace`);
}

function people(service: TestService) {
  const bank = async (wish: { code?: string; memberships?: ('CREDIT' | 'MARKETPLACE')[] } = {}) =>
    service.as('account-manager', wish);
  return { bank, banks: (count: number) => Promise.all(Array.from({ length: count }, () => bank())) };
}

function consents({ db, clock }: TestService) {
  return {
    authorise: async (
      uscc: string,
      {
        institutions,
        limbs = ['COLLECTION', 'USE'],
        validTo = '2027-11-01',
      }: { institutions?: string[]; limbs?: string[]; validTo?: string } = {},
    ) => {
      await db.query(
        `insert into credit_api.authorisation_v1 values ($1, $2, $3, $4, '{PRE_LOAN}', '2026-01-01', $5, '2026-01-01', null, '1')`,
        [randomUUID(), uscc, limbs, institutions ?? null, validTo],
      );
    },
    revoke: async (uscc: string) => {
      await db.query('update credit_api.authorisation_v1 set revoked_at = $2 where uscc = $1', [uscc, clock.now()]);
    },
  };
}

function acts(service: TestService, { authorise }: ReturnType<typeof consents>) {
  const enterprise: Market['enterprise'] = async ({ authorised = true, status = 'ACTIVE', institutions } = {}) => {
    serial += 1;
    const [uscc, name] = [makeUscc('320583', serial), `苏州光能试验${serial}有限公司`];
    const client = await service.as('enterprise', { uscc, name, status });
    await service.db.query(
      `insert into profiling_api.enterprise_v1 values ($1, $2, '320583', 'C3911', '39', 'T3', '{}', 700, 'B', 'm1', '存续', now())`,
      [uscc, name],
    );
    if (authorised) await authorise(uscc, { ...(institutions && { institutions }) });
    return Object.assign(client, { uscc, name });
  };
  return {
    enterprise,
    need: async (wish: object = {}, of?: Enterprise) => {
      const owner = of ?? (await enterprise());
      const draft = await owner.post(`${root}/needs`, { ...needBody, ...wish });
      const published = await owner.post(`${root}/needs/${draft.body.id}/publication`);
      if (published.status !== 200) throw new Error(JSON.stringify([draft.body, published.body]));
      return { id: draft.body.id as string, enterprise: owner };
    },
    grab: (bank: TestClient, needId: string, intendedFen = '1000000', headers: Record<string, string> = {}) =>
      bank.post(`${root}/needs/${needId}/grabs`, { intendedFen }, headers),
    limit: async (what: string, value: unknown) => {
      const [one, two] = [await service.as('operator'), await service.as('operator')];
      const change = { what, value, effectiveFrom: dayOf(service.clock.now()), reason: 'test' };
      const proposed = await one.post(`${root}/limits/changes`, change);
      const approved = await two.post(`${root}/limits/changes/${proposed.body.id}/approval`);
      if (approved.status !== 200) throw new Error(JSON.stringify([proposed.body, approved.body]));
    },
    keepHouse: () => service.app.get(Housekeeping).runAt(service.clock.now()),
    miscounts: () => service.db.query(miscountsSql),
  };
}

const open = `status in ('ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED', 'ACCEPTED')`;
const miscountsSql = `
  select 'need' as what, n.id from marketplace.need n
  where n.taken <> (select count(*) from marketplace.grab where need_id = n.id and ${open})
    or n.intended_fen <> (select coalesce(sum(intended_fen), 0) from marketplace.grab where need_id = n.id and ${open})
  union all
  select 'institution', c.id from marketplace.institution_counter c
  where c.open_grabs <> (select count(*) from marketplace.grab where institution_id = c.id and ${open})
  union all
  select 'manager', c.id from marketplace.manager_counter c
  where c.open_grabs <> (select count(*) from marketplace.grab where manager_id = c.id and ${open})
  union all
  select 'event', g.id from marketplace.grab g
  where not exists (select 1 from marketplace.audit where root_id = g.need_id and subject_id = g.id and act = 'GRABBED')`;
