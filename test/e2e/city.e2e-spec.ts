import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expectedPulls, feedFiles, generateCity, type MarketPlan, planMarket } from '@app/demo-city';
import { dayOf } from '@app/kernel';
import { drain } from '@app/messaging';
import { createService } from '@app/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { CityHost } from '../../apps/standalone/src/city/city-host.js';
import { services } from '../../apps/standalone/src/services.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';

const made = { seed: 'small', madeAt: new Date().toISOString(), enterprises: 60, months: 6, done: [] as string[] };
const making = 240_000;

/** The demo city, small, by the same host and the same services as `npm start`. */
describe('the demo city', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'xinqiao-city-'));
  const apps = new Map<string, NestFastifyApplication>();
  const city = generateCity({ ...made, today: dayOf(new Date(made.madeAt)) });
  const plan: MarketPlan = planMarket(city, { now: new Date(made.madeAt) });
  let db: TestDatabase;
  let host: CityHost;

  const keep = (done: string[]): void => writeFileSync(join(dataDir, 'city.json'), JSON.stringify({ ...made, done }));
  const planned = (kind: string): number => plan.acts.filter((act) => act.kind === kind).length;
  const one = async (sql: string): Promise<unknown> => Object.values((await db.query(sql))[0] ?? {})[0];

  /** Rows of everything that the market's acts make, and the sums of what supervision has heard. */
  const market = async (): Promise<Record<string, number>> => {
    const count = (sql: string) => one(`select count(*)::int from ${sql}`);
    const heard = (measure: string) => one(`select coalesce(sum(${measure}), 0)::int from supervision_api.rollup_v1`);
    return {
      signed: await count('credit.authorisation'),
      needs: await count('marketplace.need'),
      grabs: await count('marketplace.grab'),
      offers: await count('marketplace.offer'),
      disbursements: await count('marketplace.disbursement'),
      products: await count('marketplace.product'),
      published: await heard('needs_published'),
      grabsHeard: await heard('grabs'),
      disbursementsHeard: await heard('disbursements'),
    } as Record<string, number>;
  };

  beforeAll(async () => {
    db = await freshDatabase();
    Object.assign(process.env, { DATA_DIR: dataDir, DEMO: 'city', DEMO_PASSWORD: 'demo-pass-1' });
    keep([]);
    host = new CityHost();
    await host.open();
    for (const { parts, module } of services) apps.set(parts.service, await createService(parts, module));
    await host.begin(apps);
    await host.goOn(apps);
    await drain();
  }, making);

  afterAll(async () => {
    await host.close();
    for (const app of apps.values()) await app.close();
    await db.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('takes every file in with the counts of the manifest', async () => {
    const batches = await db.query<Record<string, string>>('select * from ingestion.batch');
    for (const { entry } of feedFiles(city)) {
      const batch = batches.find(({ reference }) => reference === entry.reference);
      const counts = Object.fromEntries(Object.keys(entry.expected).map((name) => [name, Number(batch?.[name])]));
      expect({ file: entry.file, ...counts }).toEqual({ file: entry.file, ...entry.expected });
    }
  });

  it('pulls what the tax bureau serves, through all its faults, with the counts of the manifest', async () => {
    for (const { feed, expected } of expectedPulls(city)) {
      const [sums] = await db.query<Record<string, string>>(
        `select sum(read) as read, sum(accepted) as accepted, sum(unchanged) as unchanged, sum(stale) as stale,
                sum(quarantined) as quarantined, sum(refused) as refused
         from ingestion.batch where feed = $1 and origin = 'PULL'`,
        [feed],
      );
      const counts = Object.fromEntries(Object.entries(sums ?? {}).map(([name, value]) => [name, Number(value)]));
      expect({ feed, ...counts }).toEqual({ feed, ...expected });
    }
  });

  it('carries the whole plan of the market out, and supervision hears of it', async () => {
    expect(await market()).toEqual({
      signed: planned('SIGN'),
      needs: planned('DRAFT'),
      grabs: planned('GRAB'),
      offers: planned('OFFER'),
      disbursements: planned('DISBURSE'),
      products: planned('PRODUCT'),
      published: planned('PUBLISH'),
      grabsHeard: planned('GRAB'),
      disbursementsHeard: planned('DISBURSE'),
    });
  });

  it('leaves no deadline of the past behind, and counters that equal the rows', async () => {
    expect(await one(`select count(*)::int from marketplace.need where next_due < now() - interval '1 day'`)).toBe(0);
    const off = await one(`
      select count(*)::int from marketplace.institution_counter c
      where open_grabs <> (select count(*) from marketplace.grab g where g.institution_id = c.id
        and g.status in ('ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED', 'ACCEPTED'))`);
    expect(off).toBe(0);
  });

  it('has something to do for the people with a password', async () => {
    const star = await one(`
      select count(*)::int from marketplace.offer o join marketplace.need n on n.id = o.need_id
        join identity.person p on p.organisation_id = n.organisation_id
      where p.login = 'finance-star' and o.status = 'OPEN'`);
    const pending = await one(`select count(*)::int from marketplace.limit_change where status = 'PENDING'`);
    const desks = await one(`
      select count(distinct g.manager_id)::int from marketplace.grab g join identity.person p on p.id = g.manager_id
      where p.password_hash like '$argon2id$%' and g.status in ('ACTIVE', 'CONTACTED', 'IN_REVIEW')`);
    expect({ offers: Number(star) >= 2, pending, desks }).toEqual({ offers: true, pending: 1, desks: 3 });
  });

  it('changes nothing when the plan is carried out again without its journal, as after the worst kill', async () => {
    const before = await market();
    const journal = join(dataDir, 'city-market.jsonl');
    const lines = readFileSync(journal, 'utf8').split('\n');
    // Only the tail is ever lost; without any of it every act is sent again.
    writeFileSync(journal, lines.filter((line) => line.includes('"sweep-')).join('\n'));
    keep(['FIRST']);
    const again = new CityHost();
    await again.begin(apps);
    await drain();
    await again.close();
    expect(await market()).toEqual(before);
  }, 120_000);
});
