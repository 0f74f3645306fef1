import {
  authorisationSigned,
  disbursementReported,
  type EventDefinition,
  grabChanged,
  needChanged,
  offerChanged,
} from '@app/contracts';
import { addToOutbox, drain } from '@app/messaging';
import { DataSource } from 'typeorm';

import { startService, type TestClient, type TestService } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import { SupervisionModule } from '../src/supervision.module.js';
import { authorisation, type NeedWish, play } from './market.js';

let service: TestService;
let regulator: TestClient;
beforeAll(async () => {
  service = await startService(database, SupervisionModule);
  regulator = await service.as('regulator');
});
afterAll(() => service.stop());

const definitions = [
  needChanged,
  grabChanged,
  offerChanged,
  disbursementReported,
  authorisationSigned,
] as unknown[] as EventDefinition[];

/** Sends events over the bus, as the other services do. */
async function tell({ events }: Pick<ReturnType<typeof play>, 'events'>): Promise<void> {
  await service.app.get(DataSource).transaction(async (tx) => {
    for (const { topic, data, at } of events) {
      const definition = definitions.find((known) => known.topic === topic)!;
      await addToOutbox(tx, definition, data as never, new Date(at));
    }
  });
  await drain();
}

const get = async (path: string) => (await regulator.get(`/api/supervision/${path}`)).body;

const needOf = (enterprise: number, wish: Partial<NeedWish> = {}): NeedWish => ({
  enterprise,
  district: '320505',
  industry: '39',
  tier: 'T2',
  amountFen: 100_000_000n,
  cases: [],
  publishedAt: new Date('2026-11-03T02:00:00Z'),
  ...wish,
});
const firms = (from: number, to: number, wish: Partial<NeedWish> = {}) =>
  Array.from({ length: to - from + 1 }, (_, index) => needOf(from + index, wish));

describe('an empty city', () => {
  it('has tiles of zero, not of nothing', async () => {
    const { tiles, month, asOf, reconciledAt } = await get('overview');
    expect([month, asOf, reconciledAt]).toEqual(['2026-11', '2026-11-23T02:00:00.000Z', null]);
    expect(tiles.map((tile: { measure: string; value: string | null }) => [tile.measure, tile.value])).toEqual([
      ['needs', '0'],
      ['grabs', '0'],
      ['offers', '0'],
      ['disbursedFen', '0'],
      ['firstLoans', '0'],
      ['contactHoursMedian', null],
    ]);
    expect(tiles[0]).toMatchObject({ n: 0, suppressed: false, changeBp: null, before: { value: '0' } });
    expect(tiles[0].line).toHaveLength(13);
  });

  it('has twelve months of zero by default', async () => {
    const { rows, total, from, to } = await get('indicators?by=month');
    expect([from, to, rows.length]).toEqual(['2025-12-01', '2026-11-30', 12]);
    expect(total).toEqual({ value: '0', n: 0, suppressed: false });
    expect(new Set(rows.map((row: { value: string }) => row.value))).toEqual(new Set(['0']));
  });
});

describe('figures for a regulator', () => {
  beforeAll(async () => {
    const paid = (bank: number, hoursToContact: number) => ({
      bank,
      hoursToContact,
      offerFen: 40_000_000n + BigInt(bank) * 20_000_000n,
      rateBp: bank === 0 ? 300 : 450,
      end: 'DISBURSED' as const,
      paidDaysLater: 0,
    });
    await tell(
      play([
        ...firms(0, 7, { publishedAt: new Date('2026-10-03T02:00:00Z'), cases: [paid(0, 1.5), paid(1, 20)] }),
        ...firms(0, 9),
        ...firms(10, 12, { district: '320583', tier: 'T1' }),
        ...firms(13, 20, { district: '320506', tier: null }),
        ...firms(30, 39, { district: '320507', tier: 'T3' }),
      ]),
    );
    await tell({ events: authorisation(1, new Date('2026-11-01T02:00:00Z')) });
  });

  it('hides a district of three and the smallest district that would give it away', async () => {
    const { rows, total, unit, asOf } = await get('indicators?by=district&measure=needs&from=2026-11&to=2026-11');
    expect(rows).toEqual([
      { key: '320505', value: '10', n: 10, suppressed: false },
      { key: '320506', value: null, n: null, suppressed: true },
      { key: '320507', value: '10', n: 10, suppressed: false },
      { key: '320583', value: null, n: null, suppressed: true },
    ]);
    expect(total).toEqual({ value: '31', n: 31, suppressed: false });
    expect([unit, asOf]).toEqual(['COUNT', expect.any(String)]);
  });

  it('does not give the hidden district away to who asks for its neighbour alone', async () => {
    const { total, rows } = await get('indicators?by=month&district=320506&from=2026-11&to=2026-11');
    expect([total, ...rows].map(({ value, suppressed }) => [value, suppressed])).toEqual([
      [null, true],
      [null, true],
    ]);
    const { total: served } = await get('indicators?by=month&district=320505&from=2026-11&to=2026-11');
    expect(served).toEqual({ value: '10', n: 10, suppressed: false });
  });

  it('tells enterprises apart from acts: eight firms, sixteen grabs', async () => {
    const { total, rows } = await get('indicators?by=institution&measure=grabs&from=2026-10&to=2026-10');
    expect(total).toEqual({ value: '16', n: 8, suppressed: false });
    expect(rows.map((row: { key: string; value: string; n: number }) => [row.key, row.value, row.n])).toEqual([
      ['BANK0', '8', 8],
      ['BANK1', '8', 8],
    ]);
  });

  it('weighs rates by amount, and takes the median of hours as an edge that is true', async () => {
    const month = 'from=2026-10&to=2026-10';
    const rate = await get(`indicators?by=institution&measure=weightedRateBp&${month}`);
    expect(rate).toMatchObject({ unit: 'BP', total: { value: '390', n: 8 } });
    const money = await get(`indicators?by=tier&measure=disbursedFen&${month}`);
    expect(money).toMatchObject({ unit: 'FEN', total: { value: '800000000' } });
    const hours = await get(`indicators?by=institution&measure=contactHoursMedian&${month}`);
    expect(hours.rows.map((row: { value: string }) => row.value)).toEqual(['2', '20']);
    const mean = await get(`indicators?by=month&measure=contactHours&${month}`);
    expect(mean).toMatchObject({ unit: 'HOURS', total: { value: '10.8' } });
  });

  it('counts a firm with two loans as one first loan', async () => {
    const { total } = await get('indicators?by=month&measure=firstLoans&from=2026-10&to=2026-10');
    expect(total).toEqual({ value: '8', n: 8, suppressed: false });
  });

  it('cuts by day where days are asked for', async () => {
    const { rows, total } = await get('indicators?by=day&from=2026-11-02&to=2026-11-04');
    expect(rows.map((row: { key: string; value: string }) => [row.key, row.value])).toEqual([
      ['2026-11-02', '0'],
      ['2026-11-03', '31'],
      ['2026-11-04', '0'],
    ]);
    expect(total.value).toBe('31');
  });

  it('keeps firms without a tier as a row of their own', async () => {
    const { rows } = await get('indicators?by=tier&from=2026-11&to=2026-11&district=320506');
    expect(rows.map((row: { key: string }) => row.key)).toEqual(['T1', 'T2', 'T3', 'T4', 'T5', 'NONE']);
  });

  it('shows this month against the same stretch of the last, over a year of months', async () => {
    const { tiles, asOf } = await get('overview');
    expect(tiles[0]).toMatchObject({
      measure: 'needs',
      value: '31',
      n: 31,
      before: { value: '8', n: 8, suppressed: false },
      changeBp: 28_750,
    });
    expect(tiles[0].line.slice(-2).map(({ month, value }: { month: string; value: string }) => [month, value])).toEqual(
      [
        ['2026-10', '8'],
        ['2026-11', '31'],
      ],
    );
    expect(asOf).toBe('2026-11-03T02:00:00.000Z');
  });

  it('says why banks declined', async () => {
    const declined = {
      bank: 2,
      hoursToContact: 1,
      offerFen: null,
      rateBp: 0,
      end: 'DECLINED' as const,
      paidDaysLater: 0,
    };
    await tell(play(firms(0, 5, { publishedAt: new Date('2026-07-01T02:00:00Z'), cases: [declined] })));
    const { rows, total } = await get('indicators?by=reason&measure=declines&from=2026-07&to=2026-07&district=320505');
    expect([total.value, rows]).toEqual(['6', [{ key: 'POOR_CREDIT', value: '6', n: 6, suppressed: false }]]);
  });

  it('hides a lone authorisation', async () => {
    const { total } = await get('indicators?by=month&measure=authorisationsSigned&from=2026-11&to=2026-11');
    expect(total).toEqual({ value: null, n: null, suppressed: true });
  });
});

describe('questions that cannot be answered', () => {
  it.each([
    ['', '/by'],
    ['?by=city', '/by'],
    ['?by=month&measure=profits', '/measure'],
    ['?by=month&from=2026-13', '/from'],
    ['?by=month&from=2026-02-30', '/from'],
    ['?by=month&to=yesterday', '/to'],
    ['?by=month&from=2026-05&to=2026-04', '/to'],
    ['?by=day&from=2024-01&to=2026-01', '/from'],
    ['?by=month&from=2015-01&to=2026-01', '/from'],
    ['?by=institution&measure=needs', '/by'],
    ['?by=reason&measure=grabs', '/by'],
    ['?by=district&measure=authorisationsSigned', '/by'],
    ['?by=month&measure=needs&institution=BANK0', '/institution'],
    ['?by=month&district=Kunshan', '/district'],
    ['?by=month&district=320505&tier=T1&industry=39', '/tier'],
    ['?by=month&colour=red', '/colour'],
  ])('%s is refused with the field to blame', async (query, pointer) => {
    const answer = await regulator.get(`/api/supervision/indicators${query}`);
    expect([answer.status, answer.body.errors?.map((fault: { pointer: string }) => fault.pointer)]).toEqual([
      422,
      [pointer],
    ]);
  });

  it('are those of banks, enterprises, sources and operators', async () => {
    for (const role of ['account-manager', 'institution-admin', 'enterprise', 'source', 'operator'] as const) {
      const other = await service.as(role, role === 'enterprise' ? { uscc: '91320505MA1XT00150' } : {});
      expect((await other.get('/api/supervision/overview')).status).toBe(403);
      expect((await other.get('/api/supervision/indicators?by=month')).status).toBe(403);
    }
  });
});
