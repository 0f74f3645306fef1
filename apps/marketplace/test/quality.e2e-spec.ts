import type { TestClient } from '../../../test/support/test-service.js';
import { QualityJob } from '../src/quality/quality.job.js';
import { type Market, startMarket } from './support/market.js';
import { aPastCase } from './support/past.js';

const quality = '/api/marketplace/quality';
const good = { offer: { at: '2026-10-20T02:00:00Z' }, paid: { on: '2026-10-25', amountFen: '50000000' }, stars: 5 };
const lapsed = {
  contactedAt: null,
  evidenceAt: null,
  status: 'LAPSED',
  endedAt: '2026-10-13T16:00:00Z',
  endedReason: 'CONTACT_DEADLINE',
};

describe('the monthly scores of banks', () => {
  let market: Market;
  let operator: TestClient;
  const banks = {} as Record<'best' | 'worst' | 'newcomer', TestClient>;
  beforeAll(async () => {
    market = await startMarket();
    operator = await market.as('operator');
    for (const name of ['best', 'worst', 'newcomer'] as const)
      banks[name] = await market.bank({ code: name.toUpperCase() });
    for (let count = 0; count < 4; count += 1) await aPastCase(market, banks.best, good);
    const declined = { status: 'DECLINED', endedAt: '2026-10-20T02:00:00Z', endedReason: 'POOR_CREDIT', stars: 5 };
    await aPastCase(market, banks.best, declined);
    for (let count = 0; count < 3; count += 1) await aPastCase(market, banks.worst, lapsed);
    await aPastCase(market, banks.worst, {
      status: 'LAPSED',
      endedAt: '2026-10-26T16:00:00Z',
      endedReason: 'DECISION_DEADLINE',
      contactedAt: '2026-10-14T03:00:00Z',
      upheld: true,
      stars: 1,
    });
    await aPastCase(market, banks.worst, { ...lapsed, status: 'CANCELLED', endedAt: '2026-10-12T05:00:00Z' });
    await aPastCase(market, banks.newcomer, good);
    await aPastCase(market, await market.bank(), {
      publishedAt: '2026-08-12T01:00:00Z',
      grabbedAt: '2026-08-12T02:00:00Z',
      contactBy: '2026-08-13T15:59:59Z',
      evidenceBy: '2026-08-14T15:59:59Z',
      decideBy: '2026-08-26T15:59:59Z',
      ...lapsed,
      endedAt: '2026-08-13T16:00:00Z',
    });
    await aPastCase(market, banks.newcomer, { ...good, paid: { on: '2026-11-03', amountFen: '1' } });
  });
  afterAll(() => market.stop());

  const scores = async (client: TestClient, month = '') => client.get(`${quality}/scores${month && `?month=${month}`}`);
  const itemOf = (row: { items: { item: string }[] }, item: string) => row.items.find((one) => one.item === item);
  const of = (answer: { body: { items: { institutionCode: string }[] } }, code: string): any =>
    answer.body.items.find(({ institutionCode }) => institutionCode === code);

  it('are made by themselves for the months that are over, once, from the first grab on', async () => {
    const job = market.app.get(QualityJob);
    await Promise.all([job.run(), job.run()]);
    const months = (await operator.get(`${quality}/months`)).body.items;
    expect(months).toMatchObject([
      { month: '2026-10', publishedAt: null },
      { month: '2026-09', publishedAt: null },
      { month: '2026-08', publishedAt: null },
    ]);
    expect((await scores(banks.best)).status).toBe(404);
  });

  it('follow from what each bank did, with reasons', async () => {
    const answer = await scores(operator, '2026-10');
    const first = of(answer, 'BEST');
    expect(first).toMatchObject({ rank: 1, grade: 'A', total: '100.00', scoredPoints: 100 });
    expect(itemOf(first, 'APPROVAL')).toMatchObject({ rateBp: 8_000, base: 5, earned: '15.00' });
    expect(itemOf(first, 'FIRST_LOAN')).toMatchObject({ rateBp: 10_000, base: 4 });
    const last = of(answer, 'WORST');
    expect(last).toMatchObject({ rank: 2, grade: 'D' });
    expect(itemOf(last, 'FIRST_CONTACT_ON_TIME')).toMatchObject({ rateBp: 0, base: 4, earned: '0.00' });
    expect(itemOf(last, 'TAKE_UP')).toMatchObject({ rateBp: 2_500, base: 4 });
    expect(itemOf(last, 'DECISION_ON_TIME')).toMatchObject({ rateBp: 0, base: 4 });
    expect(itemOf(last, 'STARS')).toMatchObject({ earned: null, unscored: 'TOO_FEW', base: 1 });
    expect(itemOf(last, 'UNSECURED')).toMatchObject({ unscored: 'TOO_FEW' });
    expect(itemOf(last, 'COMPLAINTS')).toMatchObject({ rateBp: 2_000, base: 5, earned: '0.00' });
    expect(of(answer, 'NEWCOMER')).toMatchObject({ rank: null, grade: null, total: null });
  });

  it('are made anew as long as they are not published, for months that are over', async () => {
    await aPastCase(market, banks.newcomer, good);
    const again = await operator.post(`${quality}/months/2026-10/computation`);
    expect([again.status, of(again, 'NEWCOMER').grade]).toEqual([200, 'A']);
    expect((await operator.post(`${quality}/months/2026-11/computation`)).body.code).toBe('MARKETPLACE.MONTH_NOT_OVER');
    expect((await operator.post(`${quality}/months/2026-13/computation`)).status).toBe(404);
    expect((await banks.best.post(`${quality}/months/2026-10/publication`)).status).toBe(403);
    expect((await operator.post(`${quality}/months/2026-07/publication`)).status).toBe(404);
  });

  it('count what was reported between their making and their publication', async () => {
    await aPastCase(market, banks.newcomer, good);
    const before = of(await scores(operator, '2026-10'), 'NEWCOMER');
    const published = of(await operator.post(`${quality}/months/2026-10/publication`), 'NEWCOMER');
    expect([itemOf(before, 'FIRST_LOAN'), itemOf(published, 'FIRST_LOAN')]).toMatchObject([{ base: 2 }, { base: 3 }]);
  });

  it('show everybody rank and grade, and the figures to whom they concern', async () => {
    const published = await scores(operator, '2026-10');
    expect(published.body.publishedAt).toBe('2026-11-23T02:00:00.000Z');
    const enterprise = await market.enterprise();
    for (const client of [enterprise, banks.worst]) {
      const answer = await scores(client);
      expect(of(answer, 'BEST')).toEqual({
        rank: 1,
        institution: 'BEST',
        institutionCode: 'BEST',
        grade: 'A',
        total: null,
        scoredPoints: null,
        items: null,
      });
    }
    expect(of(await scores(banks.worst), 'WORST').items).toHaveLength(8);
    expect(of(await scores(await market.as('regulator')), 'BEST').total).toBe('100.00');
  });

  it('are frozen once published, whoever tries', async () => {
    expect((await operator.post(`${quality}/months/2026-10/publication`)).body.code).toBe(
      'MARKETPLACE.MONTH_PUBLISHED',
    );
    expect((await operator.post(`${quality}/months/2026-10/computation`)).body.code).toBe(
      'MARKETPLACE.MONTH_PUBLISHED',
    );
    const inMonth = `institution_score where month = '2026-10'`;
    const better = `update marketplace.institution_score set grade = 'A' where month = '2026-10'`;
    await expect(market.db.query(better)).rejects.toThrow('published');
    await expect(market.db.query(`delete from marketplace.${inMonth}`)).rejects.toThrow('published');
  });

  it('change the limits from the next month', async () => {
    const rows = await market.db.query(
      `select institution_id, grade, to_char(effective_from at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as at
       from marketplace.institution_grade where institution_id = $1`,
      [banks.worst.person!.organisationId],
    );
    expect(rows).toEqual([{ institution_id: banks.worst.person!.organisationId, grade: 'D', at: '2026-12-01 00:00' }]);
  });

  it('count no money whose report was taken back', async () => {
    const bank = await market.bank({ code: 'TAKEN-BACK' });
    const { needId } = await aPastCase(market, bank, {
      grabbedAt: '2026-09-07T02:00:00Z',
      contactBy: '2026-09-08T15:59:59Z',
      evidenceBy: '2026-09-10T15:59:59Z',
      decideBy: '2026-09-21T15:59:59Z',
      contactedAt: '2026-09-07T03:00:00Z',
      evidenceAt: '2026-09-07T03:00:00Z',
      endedAt: '2026-09-28T15:59:59Z',
      offer: { at: '2026-09-10T02:00:00Z' },
      paid: { on: '2026-09-15', amountFen: '7000' },
    });
    await market.db.query(
      `insert into marketplace.disbursement (need_id, id, grab_id, offer_id, amount_fen, drawn_on, late, reported_by,
         reported_at, corrects_id, correction_reason)
       select need_id, gen_random_uuid(), grab_id, offer_id, -amount_fen, drawn_on, false, reported_by, reported_at, id, 'x'
       from marketplace.disbursement where need_id = $1`,
      [needId],
    );
    const answer = await operator.post(`${quality}/months/2026-09/computation`);
    expect(itemOf(of(answer, 'TAKEN-BACK'), 'UNSECURED')).toMatchObject({ base: 0, unscored: 'TOO_FEW' });
  });
});
