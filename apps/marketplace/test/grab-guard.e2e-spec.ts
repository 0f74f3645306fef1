import { randomUUID } from 'node:crypto';

import { RefusalLog } from '../src/refusal/refusal-log.job.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';

interface Refused {
  institution: string;
  code: string;
  refusals: number;
  minute: string;
}

describe('what the market refuses', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
    await market.app.get(RefusalLog).pause();
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    expect(await market.miscounts()).toEqual([]);
  });

  const refusals = async (query = '') => {
    await market.app.get(RefusalLog).run();
    return (await (await market.as('operator')).get(`${root}/refusals?limit=100${query}`)).body.items as Refused[];
  };

  it('a grab under limits that have changed, with the version in force', async () => {
    const { id } = await market.need();
    const bank = await market.bank();
    const { limitVersion } = (await bank.get(`${root}/leads`)).body;
    const place = (version: unknown) =>
      bank.post(`${root}/needs/${id}/grabs`, { intendedFen: '1000000', limitVersion: version });
    await market.limit('decisionWorkdays', 11);
    const stale = await place(limitVersion);
    expect([stale.status, stale.body.code]).toEqual([409, 'MARKETPLACE.STALE_LIMITS']);
    const current = Number(stale.body.errors[0].detail);
    expect(current).toBeGreaterThan(limitVersion);
    expect((await place('7')).status).toBe(422);
    const placed = await place(current);
    expect([placed.status, placed.body.limitVersion]).toEqual([201, current]);
  });

  it('more than the bank may lend to one household', async () => {
    const [bank, other] = await market.banks(2);
    const operators = [await market.as('operator'), await market.as('operator')];
    const proposed = await operators[0]!.post(`${root}/limits/changes`, {
      what: 'singleHouseholdMaxFen',
      value: '100000000',
      institution: bank!.person!.organisationCode,
      effectiveFrom: '2026-11-23',
      reason: '单户限额',
    });
    await operators[1]!.post(`${root}/limits/changes/${proposed.body.id}/approval`);
    const { id } = await market.need();
    const refused = await market.grab(bank!, id, '100000001');
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/intendedFen']);
    expect((await market.grab(bank!, id, '100000000')).status).toBe(201);
    expect((await market.grab(other!, id, '100000001')).status).toBe(201);
  });

  it('a need from the future of a clock that is behind', async () => {
    const { id } = await market.need();
    market.clock.advance(-10_000);
    const bank = await market.bank();
    const refused = await market.grab(bank, id);
    expect([refused.status, refused.body.code]).toEqual([503, 'MARKETPLACE.CLOCK_SKEW']);
    market.clock.advance(10_000);
    expect((await market.grab(bank, id)).status).toBe(201);
  });

  it('a flood from one bank, while the others go on; a second later it may ask again', async () => {
    await market.limit('institutionRequestsPerSecond', 20);
    await market.limit('personRequestsPerSecond', 15);
    const { id } = await market.need();
    const [flooder, calm] = await market.banks(2);
    const colleague = await market.as('account-manager', { colleagueOf: flooder!.person! });
    // The lane knows new limits with its next batch.
    await market.grab(calm!, id);
    market.clock.advance(1_000);
    const flood = await Promise.all(Array.from({ length: 100 }, () => market.grab(flooder!, id)));
    const throttled = flood.filter(({ status }) => status === 429);
    expect(throttled).toHaveLength(85);
    expect(throttled[0]!.body.code).toBe('MARKETPLACE.TOO_MANY_REQUESTS');
    expect(throttled[0]!.headers['retry-after']).toBe('1');
    expect((await market.grab(colleague, id)).status).toBe(429);
    const other = await market.need();
    expect((await market.grab(calm!, other.id)).status).toBe(201);
    market.clock.advance(1_000);
    expect((await market.grab(colleague, other.id)).status).toBe(201);
    const counted = await refusals(`&institution=${flooder!.person!.organisationCode}`);
    expect(counted.find(({ code }) => code === 'TOO_MANY_REQUESTS')!.refusals).toBe(86);
    await market.limit('institutionRequestsPerSecond', 1_000);
    await market.limit('personRequestsPerSecond', 500);
  });

  it('leaves a count for the operator: by minute, bank and reason, and nothing can take it back', async () => {
    const bank = await market.bank();
    const { id } = await market.need();
    await market.grab(bank, id);
    await market.grab(bank, id);
    await market.app.get(RefusalLog).run();
    await market.grab(bank, id);
    await market.grab(bank, randomUUID());
    const counted = await refusals(`&institution=${bank.person!.organisationCode}`);
    expect(Object.fromEntries(counted.map(({ code, refusals: count }) => [code, count]))).toEqual({
      ALREADY_GRABBED: 2,
      NEED_NOT_FOUND: 1,
    });
    expect(await refusals('&code=NOBODY_EVER')).toEqual([]);
    const paged = (await (await market.as('operator')).get(`${root}/refusals?limit=1`)).body;
    const next = await (await market.as('operator')).get(`${root}/refusals?limit=1&cursor=${paged.nextCursor}`);
    expect(next.body.items).toHaveLength(1);
    expect(next.body.items).not.toEqual(paged.items);
    await expect(market.db.query('delete from marketplace.grab_refusal')).rejects.toThrow(/append-only/);
    expect((await bank.get(`${root}/refusals`)).status).toBe(403);
  });
});
