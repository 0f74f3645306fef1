import { DataSource } from 'typeorm';

import { startService, type TestClient, type TestService } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import { FactConsumer } from '../src/fact/fact.consumer.js';
import { RebuildJob } from '../src/rebuild/rebuild.job.js';
import { ReconcileJob } from '../src/reconciliation/reconcile.job.js';
import { SupervisionModule } from '../src/supervision.module.js';
import { leave, type Market, type NeedWish, play } from './market.js';

describe('figures against the tables', () => {
  let service: TestService;
  let operator: TestClient;
  let market: Market;
  beforeAll(async () => {
    service = await startService(database, SupervisionModule);
    operator = await service.as('operator');
    await service.app.get(RebuildJob).pause();
    await service.app.get(ReconcileJob).pause();
    const needs = Array.from({ length: 6 }, (_, enterprise) => enterprise).map((enterprise): NeedWish => ({
      enterprise,
      district: '320505',
      industry: '39',
      tier: null,
      amountFen: 70_000_000n,
      publishedAt: new Date('2026-09-07T02:00:00Z'),
      cases: [{ bank: 1, hoursToContact: 3, offerFen: 50_000_000n, rateBp: 395, end: 'DISBURSED', paidDaysLater: 2 }],
    }));
    market = play(needs);
    await leave(service.db, market);
  });
  afterAll(() => service.stop());

  const hear = (events: Market['events']) =>
    service.app.get(DataSource).transaction((tx) => service.app.get(FactConsumer).handle(events, tx));
  const reconcile = async () => {
    service.clock.advance(1_000);
    await service.app.get(ReconcileJob).run();
    const answer = await operator.get('/api/supervision/reconciliations?limit=1');
    return answer.body.items[0];
  };
  const sums = () => service.db.query('select * from supervision_api.rollup_v1 order by day');

  it('says which cells a lost event leaves short, to the fen', async () => {
    const lost = market.events.findLast(({ topic }) => topic.startsWith('marketplace.disbursement'));
    await hear(market.events.filter((event) => event !== lost));
    const found = await reconcile();
    expect(found).toMatchObject({ status: 'DIFFERENT', differenceCount: 2 });
    expect(found.differences).toEqual([
      expect.objectContaining({
        check: 'TABLES',
        kind: 'DISBURSEMENT',
        institution: 'BANK1',
        tier: null,
        expectedCount: 6,
        countedCount: 5,
        expectedAmount: '300000000',
        countedAmount: '250000000',
      }),
      expect.objectContaining({ check: 'TABLES', kind: 'FIRST_LOAN', expectedCount: 6, countedCount: 5 }),
    ]);
    await hear([lost!]);
    expect(await reconcile()).toMatchObject({ status: 'EQUAL', differenceCount: 0, differences: [] });
  });

  it('tells the regulator up to when the figures are known to be right', async () => {
    const regulator = await service.as('regulator');
    const { body } = await regulator.get('/api/supervision/overview');
    const settled = new Date(service.clock.now().getTime() - 5 * 60_000).toISOString();
    expect([body.reconciledAt, body.asOf]).toEqual([settled, settled]);
  });

  it('sees a rollup that was tampered with', async () => {
    await service.db.query(`update supervision.rollup set amount = amount + 1 where kind = 'NEED'`);
    const { status, differences } = await reconcile();
    expect([status, differences.map((one: { check: string; kind: string }) => [one.check, one.kind])]).toEqual([
      'DIFFERENT',
      [['ROLLUP', 'NEED']],
    ]);
  });

  it.each([
    [
      'margin',
      'MARGIN',
      `update supervision.margin set count = count + 1 where cut = 'month district' and kind = 'GRAB'`,
    ],
    [
      'reach',
      'REACH',
      `update supervision.reach set enterprises = enterprises + 1 where cut = 'day' and kind = 'NEED'`,
    ],
  ])('sees a %s that was tampered with, and puts it right again by the same hand', async (table, check, tamper) => {
    await service.db.query(tamper);
    const { differences } = await reconcile();
    const found = differences.filter((one: { check: string }) => one.check === check);
    expect(found).toEqual([expect.objectContaining({ check, month: '2026-09', countedCount: 7, expectedCount: 6 })]);
    await service.db.query(tamper.replace('+ 1', '- 1'));
    const after: { check: string }[] = (await reconcile()).differences;
    expect([table, after.map((one) => one.check)]).toEqual([table, ['ROLLUP']]);
  });

  it('leaves acts alone that are too young to have been heard of', async () => {
    const young = play([
      {
        enterprise: 9,
        district: null,
        industry: null,
        tier: null,
        cases: [],
        amountFen: 1n,
        publishedAt: service.clock.now(),
      },
    ]);
    await leave(service.db, young);
    const { differences } = await reconcile();
    expect(differences.map((one: { check: string }) => one.check)).toEqual(['ROLLUP']);
    await hear(young.events);
  });

  it('is made good by a rebuild that an operator asks for, once at a time', async () => {
    await hear(market.events);
    const wrong = await sums();
    const asked = await operator.post('/api/supervision/rebuilds', { reason: '对账有差异' });
    expect([asked.status, asked.body.status]).toEqual([202, 'REQUESTED']);
    const twice = await operator.post('/api/supervision/rebuilds', { reason: '再来一次' });
    expect([twice.status, twice.body.code]).toEqual([409, 'SUPERVISION.REBUILD_WAITING']);
    await service.app.get(RebuildJob).run();
    const { body } = await operator.get('/api/supervision/rebuilds');
    expect(body.items).toEqual([expect.objectContaining({ id: asked.body.id, status: 'DONE', facts: 43 })]);
    expect(await reconcile()).toMatchObject({ status: 'EQUAL' });
    expect(await sums()).not.toEqual(wrong);
  });

  it('counts nothing twice when events arrive that the rebuild has seen in the tables', async () => {
    const before = await sums();
    await hear(market.events.map((event) => ({ ...event, id: crypto.randomUUID() })));
    expect(await sums()).toEqual(before);
  });

  it('begins again after a crash in the middle, and shows the old figures until it is done', async () => {
    const before = await sums();
    await operator.post('/api/supervision/rebuilds', { reason: '演练' });
    await service.db.query('alter table marketplace.offer rename to offer_gone');
    await service.db.query('alter view marketplace_api.offer_v1 rename to offer_gone_v1');
    await expect(service.app.get(RebuildJob).run()).rejects.toThrow(/offer_v1/);
    expect(await sums()).toEqual(before);
    await service.db.query('alter view marketplace_api.offer_gone_v1 rename to offer_v1');
    await service.db.query('alter table marketplace.offer_gone rename to offer');
    await service.app.get(RebuildJob).run();
    const { body } = await operator.get('/api/supervision/rebuilds');
    expect(body.items.map((one: { status: string }) => one.status)).toEqual(['DONE', 'DONE']);
    expect(await sums()).toEqual(before);
  });

  it('is nobody else’s business: cells may be of any size', async () => {
    const regulator = await service.as('regulator');
    expect((await regulator.get('/api/supervision/reconciliations')).status).toBe(403);
    expect((await regulator.post('/api/supervision/rebuilds', { reason: 'x' })).status).toBe(403);
  });
});
