import type { TestClient } from '../../../test/support/test-service.js';
import { TurnJob } from '../src/waiting/turn.job.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';
const [small, large] = ['310000000', '490000000'];
/** Below both, between them, up to the end of the band 300-500, and beyond it. */
const tries = ['300000000', '310000000', '310000001', '400000000', '489999999', '500000000', '500000001'];

const own = new Set(['id', 'needId', 'nonceHash', 'commitment', 'instance', 'requestId']);

describe('the exact amount of a need', () => {
  let market: Market;
  let turns: TurnJob;
  beforeAll(async () => {
    market = await startMarket();
    turns = market.app.get(TurnJob);
    await turns.pause();
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    expect(await market.miscounts()).toEqual([]);
  });

  /** Two needs that differ in nothing but their amounts, of which a lead shows the band. */
  const twins = async (wish: object = {}) => {
    const pair = [await market.need({ ...wish, amountFen: small }), await market.need({ ...wish, amountFen: large })];
    return pair.map(({ id }) => id) as [string, string];
  };
  /** Everything that an answer says, without ids of its own. */
  const words = (answers: { status: number; body: object }[]) =>
    answers.map(({ status, body }) =>
      JSON.stringify([status, body], (key, value: unknown) => (own.has(key) ? undefined : value)),
    );
  const wait = (bank: TestClient, id: string, intendedFen: string) =>
    bank.post(`${root}/needs/${id}/waiting`, { intendedFen });
  const leave = (bank: TestClient, id: string) => bank.delete(`${root}/needs/${id}/waiting`);

  it('is not found by joining and leaving a line', async () => {
    await market.limit('maxGrabsPerNeed', 1);
    const pair = await twins();
    const holder = await market.bank();
    for (const id of pair) expect((await market.grab(holder, id)).status).toBe(201);
    const bank = await market.bank();
    for (const intended of tries) {
      const answers = [await wait(bank, pair[0], intended), await wait(bank, pair[1], intended)];
      expect(answers[0]!.status).toBe(intended === '500000001' ? 422 : 201);
      const [one, other] = words(answers);
      expect(one).toBe(other);
      const left = [await leave(bank, pair[0]), await leave(bank, pair[1])];
      const [gone, goneToo] = words(left);
      expect(gone).toBe(goneToo);
    }
    await market.limit('maxGrabsPerNeed', 5);
  });

  it('is not found in a sealed window, where an entry counts at the draw for no more than the need', async () => {
    const pair = await twins({ fairWindow: true });
    const bank = await market.bank();
    for (const intended of tries.toReversed()) {
      const answers = [await market.grab(bank, pair[0], intended), await market.grab(bank, pair[1], intended)];
      expect(answers[0]!.status).toBe(intended === '500000001' ? 422 : 202);
      const [one, other] = words(answers);
      expect(one).toBe(other);
      if (intended !== '500000001') for (const id of pair) expect((await leave(bank, id)).status).toBe(200);
    }
    await market.grab(bank, pair[0], '500000000');
    market.clock.set('2026-11-23T02:02:00Z');
    await turns.run();
    const [grab] = (await bank.get(`${root}/grabs`)).body.items;
    expect(grab).toMatchObject({ needId: pair[0], amountFen: small, intendedFen: small });
    market.clock.set('2026-11-23T02:00:00Z');
  });

  it('is not found where the amounts of others leave room for one need and not for the other', async () => {
    await market.limit('overSubscriptionBp', 10_000);
    const pair = await twins();
    const holder = await market.bank();
    for (const id of pair) expect((await market.grab(holder, id, '300000000')).status).toBe(201);
    const bank = await market.bank();
    for (const intended of ['5000000', '10000001', '150000000']) {
      const [one, other] = words([await wait(bank, pair[0], intended), await wait(bank, pair[1], intended)]);
      expect(one).toBe(other);
      for (const id of pair) await leave(bank, id);
    }
    for (const id of pair) expect((await wait(bank, id, '150000000')).status).toBe(201);
    // Who is told that there was room is told so by the place.
    await turns.run();
    const { items } = (await bank.get(`${root}/waiting`)).body;
    const statusOf = (id: string) =>
      items.find(({ needId, status }: Waited) => needId === id && status !== 'LEFT').status;
    expect(pair.map(statusOf)).toEqual(['WAITING', 'PLACED']);
    await market.limit('overSubscriptionBp', 30_000);
  });

  it('is not found by a manager who can take no place anyway', async () => {
    const [bank, others] = [await market.bank(), await market.banks(2)];
    await market.limit('overSubscriptionBp', 10_000);
    for (let held = 0; held < 10; held += 1)
      expect((await market.grab(bank, (await market.need()).id)).status).toBe(201);
    const pair = await twins();
    for (const [index, id] of pair.entries())
      expect((await market.grab(others[index]!, id, '300000000')).status).toBe(201);
    for (const intended of tries) {
      const [one, other] = words([
        await market.grab(bank, pair[0], intended),
        await market.grab(bank, pair[1], intended),
      ]);
      expect(one).toBe(other);
      expect(one).toContain('MARKETPLACE.MANAGER_LIMIT');
    }
  });
});

interface Waited {
  needId: string;
  status: string;
}
