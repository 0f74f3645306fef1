import { randomUUID } from 'node:crypto';

import { makeUscc, type Uscc } from '@app/kernel';

import { aRecord } from '../../../test/support/records.js';
import { startService, type TestService, type TestServiceOptions } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import { ProfilingModule } from '../src/profiling.module.js';
import { DirtyService } from '../src/scoring/dirty.service.js';
import { ScoringJob } from '../src/scoring/scoring.job.js';
import { ScoringService } from '../src/scoring/scoring.service.js';

let serial = 70_000;
export const aCode = (): Uscc => makeUscc('320583', (serial += 1));

export const enterprises = '/api/profiling/enterprises';

/** What the outside story delivers of a firm: 900 万元 of assets, 40 staff with 12 in research, 6 % R&D, two rights. */
export const firmFeeds = {
  'registry.enterprise': {
    basis: 'PUBLIC',
    fields: {
      name: '苏州光能试验有限公司',
      former_names: ['昆山旧名科技有限公司'],
      legal_representative: '沈舟',
      registered_capital: '500500000',
      paid_in_capital: '300000000',
      established_on: '2019-05-20',
      status: '存续',
      industry: 'C3911',
      division: '320583',
      address: '玉山镇测试路1号',
    },
  },
  'tax.income-return': {
    basis: 'AUTHORISED',
    fields: {
      year: 2025,
      revenue: '2000000000',
      total_cost: '1800000000',
      profit: '200000000',
      rd_expense: '120000000',
    },
  },
  'registry.annual-report': {
    basis: 'PUBLIC',
    fields: {
      year: 2025,
      employees: 40,
      total_assets: '900000000',
      total_liabilities: '100000000',
      revenue: '1900000000',
    },
  },
  'tech.staff': { basis: 'DUTY', fields: { year: 2025, staff: 40, rd_staff: 12 } },
  'ip.right': {
    basis: 'PUBLIC',
    fields: { kind: '软件著作权', granted_on: '2021-03-01', status: '有效', acquired: '自主研发', related: '是' },
  },
  'tech.title': { basis: 'DUTY', fields: { title: '高新技术企业', valid_from: '2024-12-01', valid_to: '2026-11-30' } },
} as const;

type FirmFeed = keyof typeof firmFeeds;

export interface Firms {
  service: TestService;
  /** Puts a record of one of the feeds in, and marks the enterprise as its event would. */
  deliver(uscc: Uscc, feed: FirmFeed, fields?: object, more?: { recordKey?: string; version?: number }): Promise<void>;
  /** A firm with every feed, marked but not scored. */
  firm(registry?: object): Promise<Uscc>;
  mark(...usccs: Uscc[]): Promise<void>;
  score(): Promise<number>;
}

/** The service with its own timer stopped: a test says when scoring runs. */
export async function startFirms(options: TestServiceOptions = {}): Promise<Firms> {
  const service = await startService(database, ProfilingModule, options);
  await service.app.get(ScoringJob).pause();
  const firms: Firms = {
    service,
    deliver: async (uscc, feed, fields = {}, more = {}) => {
      const { basis, fields: usual } = firmFeeds[feed];
      const recordKey = more.recordKey ?? `${feed}-${uscc}`;
      await aRecord(service.db, { feed, uscc, basis, fields: { ...usual, ...fields }, ...more, recordKey });
      await firms.mark(uscc);
    },
    firm: async (registry = {}) => {
      const uscc = aCode();
      for (const feed of Object.keys(firmFeeds) as FirmFeed[])
        await firms.deliver(uscc, feed, feed === 'registry.enterprise' ? registry : {});
      return uscc;
    },
    mark: async (...usccs) => {
      const scoring = service.app.get(ScoringService) as unknown as { db: import('typeorm').DataSource };
      await scoring.db.transaction((tx) => service.app.get(DirtyService).mark(tx, usccs, service.clock.now()));
    },
    score: () => service.app.get(ScoringService).catchUp(),
  };
  return firms;
}

/** An authorisation as the credit service would have stored it. */
export async function sign({ db }: TestService, uscc: Uscc, wish: Partial<Authorisation> = {}): Promise<string> {
  const id = randomUUID();
  const { limbs = ['COLLECTION', 'USE'], institutions = null, purposes = ['PRE_LOAN'] } = wish;
  const { validFrom = '2026-11-01', validTo = '2027-10-31' } = wish;
  await db.query(
    `insert into credit.authorisation (id, uscc, limbs, institutions, purposes, valid_from, valid_to, text_version,
       text_hash, signed_at, signed_by, signed_session, signed_name, signed_address)
     values ($1, $2, $3, $4, $5, $6, $7, '1', 'x', $6::date, $1, $1, 'test', 'test')`,
    [id, uscc, limbs, institutions, purposes, validFrom, validTo],
  );
  return id;
}

interface Authorisation {
  limbs: string[];
  institutions: string[] | null;
  purposes: string[];
  validFrom: string;
  validTo: string;
}

export async function revoke({ db }: TestService, authorisationId: string): Promise<void> {
  await db.query(`insert into credit.authorisation_revocation values ($1, now(), $1, $1, 'test')`, [authorisationId]);
}
