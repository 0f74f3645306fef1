import { HeadroomJob } from '../src/limit/headroom.job.js';
import { LimitStartJob } from '../src/limit/limit-start.job.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';

interface Change {
  id: string;
  what: string;
  value: unknown;
  startedAt: string | null;
  above: object[];
}

describe('a planned limit that comes into force', () => {
  let market: Market;
  let job: LimitStartJob;
  beforeAll(async () => {
    market = await startMarket();
    job = market.app.get(LimitStartJob);
    for (const one of [LimitStartJob, HeadroomJob]) await market.app.get<LimitStartJob>(one).pause();
  });
  afterAll(() => market.stop());
  beforeEach(() => market.clock.set('2026-11-23T02:00:00Z'));

  const plan = async (what: string, value: unknown, effectiveFrom: string, more: object = {}) => {
    const [one, two] = [await market.as('operator'), await market.as('operator')];
    const wish = { what, value, effectiveFrom, reason: '试点', ...more };
    const proposed = await one.post(`${root}/limits/changes`, wish);
    const approved = await two.post(`${root}/limits/changes/${proposed.body.id}/approval`);
    expect([approved.status, approved.body.startedAt, approved.body.above]).toEqual([200, null, []]);
    return approved.body.id as string;
  };
  const overview = async () => (await (await market.as('operator')).get(`${root}/limits`)).body;
  const change = async (id: string): Promise<Change | undefined> => {
    const { inForce, overrides, planned } = await overview();
    return [...inForce, ...overrides, ...planned].find((one: Change) => one.id === id);
  };
  const told = (changeId: string) =>
    // An event on its way is in the outbox and on the bus for a moment: it is one event all the same.
    market.db.query(
      `select event->>'id' as id, event->'data' as data from bus.message
       where topic = $1 and event->'data'->>'changeId' = $2
       union select event_id::text, data from marketplace.outbox where topic = $1 and data->>'changeId' = $2`,
      ['marketplace.limit.held.v1', changeId],
    );

  it('leaves a need what it has by then, adds nothing until it is within it, and says so', async () => {
    const id = await plan('maxGrabsPerNeed', 2, '2026-11-24');
    const { id: needId, enterprise } = await market.need();
    const banks = await market.banks(6);
    const grabs = [];
    for (const bank of banks.slice(0, 4)) grabs.push(await market.grab(bank, needId));
    expect(grabs.map(({ status }) => status)).toEqual([201, 201, 201, 201]);

    market.clock.set('2026-11-23T15:59:00Z');
    await job.run();
    expect(await change(id)).toMatchObject({ value: 2, startedAt: null, above: [] });

    market.clock.set('2026-11-23T16:00:10Z');
    await Promise.all([job.run(), job.run()]);
    const above = { what: 'maxGrabsPerNeed', limit: 2, granted: 4, holders: 1 };
    expect(await change(id)).toMatchObject({ value: 2, startedAt: '2026-11-23T16:00:10.000Z', above: [above] });
    expect(await told(id)).toMatchObject([
      { data: { changeId: id, ...above, effectiveFrom: '2026-11-23T16:00:00.000Z' } },
    ]);
    await job.run();
    expect(await told(id)).toHaveLength(1);

    const need = (await enterprise.get(`${root}/needs/${needId}`)).body;
    expect([need.placesTaken, need.placesLeft]).toEqual([4, 0]);
    expect((await market.grab(banks[4]!, needId)).body.code).toBe('MARKETPLACE.NEED_FULL');
    const applied = async (client: typeof enterprise | (typeof banks)[number]) =>
      (await client.get(`${root}/limits/applied?needId=${needId}`)).body.items.find(
        ({ what }: Change) => what === 'maxGrabsPerNeed',
      );
    expect(await applied(await market.as('operator'))).toMatchObject({ value: 2, granted: 4 });
    expect(await applied(banks[0]!)).toMatchObject({ value: 2, granted: null });

    for (const place of [0, 1]) await banks[place]!.post(`${root}/grabs/${grabs[place]!.body.id}/release`);
    expect((await market.grab(banks[4]!, needId)).body.code).toBe('MARKETPLACE.NEED_FULL');
    await banks[2]!.post(`${root}/grabs/${grabs[2]!.body.id}/release`);
    expect((await market.grab(banks[4]!, needId)).status).toBe(201);
    expect((await market.grab(banks[5]!, needId)).body.code).toBe('MARKETPLACE.NEED_FULL');
    const { violations } = (await (await market.as('operator')).get(`${root}/invariants`)).body;
    expect(violations).toBe(0);
    await enterprise.post(`${root}/needs/${needId}/withdrawal`);
    await market.limit('maxGrabsPerNeed', 5);
  });

  it('counts banks above it, and a switch names the limits that it turns on', async () => {
    await market.limit('openGrabsLimited', false);
    await market.limit('maxOpenGrabsPerInstitution', 1);
    const id = await plan('openGrabsLimited', true, '2026-11-24');
    const bank = await market.bank();
    for (let round = 0; round < 3; round += 1) await market.grab(bank, (await market.need()).id);
    market.clock.set('2026-11-24T02:00:00Z');
    await job.run();
    expect((await change(id))!.above).toEqual([
      { what: 'maxOpenGrabsPerInstitution', limit: 1, granted: 3, holders: 1 },
    ]);
    expect((await market.grab(bank, (await market.need()).id)).body.code).toBe('MARKETPLACE.INSTITUTION_LIMIT');
  });

  it('of which nothing is above is noted without a word to anybody', async () => {
    const id = await plan('needOpenDays', 20, '2026-11-24');
    market.clock.set('2026-11-24T02:00:00Z');
    await job.run();
    expect(await change(id)).toMatchObject({ startedAt: '2026-11-24T02:00:00.000Z', above: [] });
    expect(await told(id)).toEqual([]);
  });

  it('is missed by the recount when nobody looked at it', async () => {
    const id = await plan('needOpenDays', 21, '2026-11-24T00:00:00Z');
    market.clock.set('2026-11-24T03:00:00Z');
    await market.limit('needExtensionDays', 10);
    const broken = async () => {
      const { items } = (await (await market.as('operator')).get(`${root}/invariants`)).body;
      return items.filter(({ violations }: { violations: number }) => violations > 0);
    };
    expect(await broken()).toMatchObject([{ code: 'LIMIT_STARTS_NOTED', sample: [id] }]);
    await job.run();
    expect(await broken()).toEqual([]);
  });

  it('stands with the last day whose holidays are known', async () => {
    expect((await overview()).calendarKnownTo).toBe('2026-12-31');
  });
});
