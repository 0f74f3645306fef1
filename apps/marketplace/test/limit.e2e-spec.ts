import { randomUUID } from 'node:crypto';

import { parameterNames } from '../src/limit/limit.rules.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';
const change = { what: 'maxGrabsPerNeed', value: 4, effectiveFrom: '2026-12-01', reason: '试点' };

interface Listed {
  id: string;
  what: string;
  value: unknown;
}

describe('the limits', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());

  const two = async () => [await market.as('operator'), await market.as('operator')] as const;
  const whats = (list: Listed[], what = 'maxGrabsPerNeed') => list.filter((one) => one.what === what);

  it('come with first values, each with its source', async () => {
    const { body } = await (await market.as('operator')).get(`${root}/limits`);
    expect(whats(body.inForce)).toMatchObject([{ value: 5, source: expect.stringContaining('待运营确认') }]);
    expect(whats(body.inForce, 'placesLimited')).toHaveLength(1);
    expect(new Set(body.inForce.map(({ what }: Listed) => what))).toEqual(new Set(parameterNames));
    expect([body.planned, body.history]).toEqual([[], []]);
  });

  it('change when a second operator approves, from the day that was said', async () => {
    const [one, other] = await two();
    const proposed = await one.post(`${root}/limits/changes`, change);
    expect([proposed.status, proposed.body.status]).toEqual([201, 'PENDING']);
    const own = await one.post(`${root}/limits/changes/${proposed.body.id}/approval`);
    expect([own.status, own.body.code]).toEqual([403, 'MARKETPLACE.OWN_LIMIT_CHANGE']);
    const approved = await other.post(`${root}/limits/changes/${proposed.body.id}/approval`);
    expect(approved.body).toMatchObject({ status: 'APPROVED', effectiveFrom: '2026-11-30T16:00:00.000Z' });
    expect((await other.post(`${root}/limits/changes/${proposed.body.id}/rejection`)).status).toBe(409);
    const before = (await one.get(`${root}/limits`)).body;
    expect([whats(before.inForce)[0]!.value, whats(before.planned)[0]!.value]).toEqual([5, 4]);
    market.clock.set('2026-12-01T00:00:00Z');
    const after = (await one.get(`${root}/limits`)).body;
    expect([whats(after.inForce)[0]!.value, whats(after.history)[0]!.value]).toEqual([4, 5]);
    expect(after.version).toBeGreaterThan(before.version);
    market.clock.set('2026-11-23T02:00:00Z');
  });

  it('are not changed by a rejected change', async () => {
    const [one, other] = await two();
    const proposed = await one.post(`${root}/limits/changes`, { ...change, what: 'needOpenDays', value: 30 });
    await other.post(`${root}/limits/changes/${proposed.body.id}/rejection`, { note: '太长' });
    const { body } = await one.get(`${root}/limits`);
    expect(whats(body.inForce, 'needOpenDays')[0]!.value).toBe(15);
    expect(whats(body.history, 'needOpenDays')).toMatchObject([{ status: 'REJECTED', decisionNote: '太长' }]);
  });

  it('are never set below what is granted, neither when proposed nor when approved', async () => {
    const [one, other] = await two();
    const early = await one.post(`${root}/limits/changes`, { ...change, effectiveFrom: '2026-11-23', value: 2 });
    const { id } = await market.need();
    for (const bank of await market.banks(3)) await market.grab(bank, id);
    const approved = await other.post(`${root}/limits/changes/${early.body.id}/approval`);
    expect(approved.body).toMatchObject({
      code: 'MARKETPLACE.LIMIT_BELOW_GRANTED',
      detail: expect.stringMatching(/would be 2, and 3 is granted/),
    });
    const proposed = await one.post(`${root}/limits/changes`, { ...change, value: 2 });
    expect(proposed.status).toBe(409);
    expect((await one.post(`${root}/limits/changes`, { ...change, value: 3 })).status).toBe(201);
  });

  it('are never approved past grabs that are granted at the same moment', async () => {
    const [one, other] = await two();
    const banks = await market.banks(5);
    for (let round = 0; round < 12; round += 1) {
      const { id, enterprise } = await market.need();
      const lower = { ...change, effectiveFrom: '2026-11-23', value: 3 };
      const proposed = await one.post(`${root}/limits/changes`, lower);
      const [, approval] = await Promise.all([
        Promise.all(banks.slice(0, 3).map((bank) => market.grab(bank, id))),
        other.post(`${root}/limits/changes/${proposed.body.id}/approval`),
        Promise.all(banks.slice(3).map((bank) => market.grab(bank, id))),
      ]);
      const { placesTaken } = (await enterprise.get(`${root}/needs/${id}`)).body;
      expect([200, 409]).toContain(approval.status);
      if (approval.status === 200) expect(placesTaken).toBeLessThanOrEqual(3);
      await enterprise.post(`${root}/needs/${id}/withdrawal`);
      await market.limit('maxGrabsPerNeed', 5);
    }
  });

  it('stay as they were for what was granted before', async () => {
    const { id } = await market.need();
    const [first, second] = await market.banks(2);
    const before = (await market.grab(first!, id)).body.limitVersion;
    await market.limit('firstContactWorkdays', 2);
    const grab = await market.grab(second!, id);
    expect(grab.body.contactBy).toBe('2026-11-25T15:59:59.999Z');
    expect(grab.body.limitVersion).toBeGreaterThan(before);
  });

  const wrong: [object, string][] = [
    [{ what: 'colour' }, '/what'],
    [{ value: 0 }, '/value'],
    [{ value: '5' }, '/value'],
    [{ what: 'placesLimited', value: 1 }, '/value'],
    [{ effectiveFrom: '2026-11-22' }, '/effectiveFrom'],
    [{ effectiveFrom: '2026-02-30' }, '/effectiveFrom'],
    [{ effectiveFrom: '9999-12-31' }, '/effectiveFrom'],
    [{ effectiveFrom: '0001-01-01T00:00:00Z' }, '/effectiveFrom'],
    [{ effectiveFrom: '2199-12-31T20:00:00Z' }, '/effectiveFrom'],
    [{ effectiveFrom: 'soon' }, '/effectiveFrom'],
    [{ reason: '' }, '/reason'],
  ];
  it.each(wrong)('refuse %p', async (wish, pointer) => {
    const answer = await (await market.as('operator')).post(`${root}/limits/changes`, { ...change, ...wish });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('are for operators', async () => {
    for (const role of ['account-manager', 'source', 'regulator'] as const)
      expect((await (await market.as(role)).get(`${root}/limits`)).status).toBe(403);
    const operator = await market.as('operator');
    expect((await operator.post(`${root}/limits/changes/${randomUUID()}/approval`)).status).toBe(404);
  });
});
