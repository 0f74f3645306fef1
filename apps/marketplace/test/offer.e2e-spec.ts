import type { TestClient } from '../../../test/support/test-service.js';
import { CaseClockJob } from '../src/marketplace.module.js';
import { type Market, offerBody, startMarket } from './support/market.js';

const root = '/api/marketplace';
const call = { method: 'PHONE', note: '1' };
const fee = (kind: string, timing: string, amountFen: string) => ({ kind, timing, amountFen });
interface Planned {
  principalFen: string;
  interestFen: string;
  feesFen: string;
}

describe('offers', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
    await market.app.get(CaseClockJob).pause();
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    market.clock.set('2026-11-23T02:00:00Z');
    expect(await market.miscounts()).toEqual([]);
  });

  /** Contacted cases of one need, one for each bank. */
  const aNeed = async (banks: number, wish: object = {}) => {
    const { id: needId, enterprise } = await market.need(wish);
    const cases = [];
    for (const bank of await market.banks(banks)) {
      const { body } = await market.grab(bank, needId, '100000000');
      await bank.post(`${root}/grabs/${body.id}/contact`, call);
      cases.push({ bank, id: body.id as string });
    }
    const offer = ({ bank, id }: { bank: TestClient; id: string }, terms: object = {}) =>
      bank.post(`${root}/grabs/${id}/offers`, { ...offerBody, ...terms });
    const accept = (id: string) => enterprise.post(`${root}/offers/${id}/acceptance`);
    const compare = async (sort = '') => (await enterprise.get(`${root}/needs/${needId}/offers${sort}`)).body;
    const status = async () => (await enterprise.get(`${root}/needs/${needId}`)).body.status as string;
    return { needId, enterprise, cases, offer, accept, compare, status };
  };

  it('say everything that they cost: rate over LPR, fees by time, conditions, total by the internal rate of return', async () => {
    const { cases, offer } = await aNeed(1);
    const { body } = await offer(cases[0]!, {
      annualRateBp: undefined,
      lpr: { tenor: '1Y', spreadBp: 95 },
      fees: [fee('GUARANTEE', 'YEARLY', '3000000'), fee('REGISTRATION', 'UPFRONT', '100000')],
      conditions: '追加实际控制人保证',
    });
    expect(body).toMatchObject({
      version: 1,
      rateBasis: 'LPR',
      lpr: { tenor: '1Y', spreadBp: 95, lprBp: 300, publishedOn: '2025-05-20' },
      annualRateBp: 395,
      feesFen: '3100000',
      conditions: '追加实际控制人保证',
      // 300 万元 at 3.95% for a year, interest monthly.
      totalInterestFen: '11850000',
      totalPaymentFen: '314950000',
      firstPaymentFen: '987500',
    });
    // By simple interest 3.95% and 3.1/300 of fees; by the internal rate of return a little more.
    expect([body.annualCostBp, body.irrBp]).toEqual([499, 513]);
    const [row] = await market.db.query('select irr_bp as irr from marketplace.offer where id = $1', [body.id]);
    expect(row).toEqual({ irr: 513 });
  });

  it('have a plan that pays the amount back to the fen, for both sides and nobody else', async () => {
    const { cases, offer, enterprise } = await aNeed(1);
    const { body } = await offer(cases[0]!, { repayment: 'EQUAL_INSTALMENT', termMonths: 24, feesFen: '1000000' });
    const path = `${root}/offers/${body.id}/schedule`;
    const plan = (await enterprise.get(path)).body;
    expect(plan).toMatchObject({ assumedDrawOn: '2026-11-23', receivedFen: '299000000', irrBp: body.irrBp });
    const sum = (of: (row: Planned) => string) =>
      plan.items.reduce((total: bigint, row: Planned) => total + BigInt(of(row)), 0n) as bigint;
    expect(sum(({ principalFen }) => principalFen)).toBe(300_000_000n);
    expect(String(sum(({ interestFen }) => interestFen))).toBe(body.totalInterestFen);
    expect(plan.items).toHaveLength(24);
    expect(plan.items.at(-1)).toMatchObject({ dueOn: '2028-11-23', balanceFen: '0' });
    expect((await cases[0]!.bank.get(path)).status).toBe(200);
    expect((await (await market.bank()).get(path)).status).toBe(404);
    expect((await (await market.enterprise()).get(path)).body.code).toBe('MARKETPLACE.OFFER_NOT_FOUND');
    expect((await (await market.as('regulator')).get(path)).status).toBe(403);
  });

  const wrong: [string, object, string][] = [
    ['two rates', { lpr: { tenor: '1Y', spreadBp: 0 } }, '/annualRateBp'],
    ['no rate', { annualRateBp: undefined }, '/annualRateBp'],
    ['an unknown tenor', { annualRateBp: undefined, lpr: { tenor: '3Y', spreadBp: 0 } }, '/lpr/tenor'],
    ['less than no interest', { annualRateBp: undefined, lpr: { tenor: '1Y', spreadBp: -301 } }, '/lpr/spreadBp'],
    ['fees said twice', { feesFen: '1', fees: [fee('OTHER', 'UPFRONT', '1')] }, '/fees'],
    ['monthly fees that eat the loan', { fees: [fee('OTHER', 'MONTHLY', '25000000')] }, '/fees'],
    ['a fee of nothing', { fees: [fee('OTHER', 'UPFRONT', '0')] }, '/fees/0/amountFen'],
    ['a fee without a kind', { fees: [{ timing: 'UPFRONT', amountFen: '1' }] }, '/fees/0/kind'],
  ];
  it.each(wrong)('refuse %s', async (_, terms, pointer) => {
    const { cases, offer } = await aNeed(1);
    const answer = await offer(cases[0]!, terms);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('stand side by side: cheapest by total cost, differences marked, in the order that was asked for', async () => {
    const { cases, offer, compare } = await aNeed(3);
    const low = await offer(cases[0]!, { annualRateBp: 380, feesFen: '6000000', amountFen: '500000000' });
    const plain = await offer(cases[1]!, { annualRateBp: 400 });
    await offer(cases[2]!, { annualRateBp: 460, repayment: 'EQUAL_PRINCIPAL', security: 'GUARANTEE', termMonths: 24 });
    const dear = await offer(cases[2]!, { annualRateBp: 455, repayment: 'EQUAL_PRINCIPAL', security: 'GUARANTEE' });
    const byCost = await compare();
    const ids = (page: { items: { id: string }[] }) => page.items.slice(0, 3).map(({ id }) => id);
    expect(ids(byCost)).toEqual([plain.body.id, dear.body.id, low.body.id]);
    expect(byCost.items.map(({ cheapest }: { cheapest: boolean }) => cheapest)).toEqual([true, false, false, false]);
    expect(byCost.items[1]).toMatchObject({ version: 2, otherSecurity: true, otherTerm: false, aboveRateMax: true });
    expect(byCost.items[3]).toMatchObject({ version: 1, status: 'SUPERSEDED', otherTerm: true });
    expect(byCost).toMatchObject({ sort: 'TOTAL_COST', needFen: '500000000', acceptedFen: '0', leftFen: '500000000' });
    expect(byCost.differences).toEqual(expect.arrayContaining(['irrBp', 'amountFen', 'security', 'repayment']));
    expect(byCost.differences).not.toContain('termMonths');
    expect(ids(await compare('?sort=RATE'))).toEqual([low.body.id, plain.body.id, dear.body.id]);
    expect(ids(await compare('?sort=AMOUNT'))[0]).toBe(low.body.id);
    expect(ids(await compare('?sort=FIRST_PAYMENT')).at(-1)).toBe(dear.body.id);
    expect(ids(await compare('?sort=NEWEST'))).toEqual([dear.body.id, plain.body.id, low.body.id]);
  });

  it('are taken back before they are accepted; the case has time for another', async () => {
    const { cases, offer, accept, enterprise } = await aNeed(1);
    const [one] = cases;
    const first = await offer(one!, { validTo: '2026-12-20' });
    market.clock.set('2026-12-08T02:00:00Z');
    const take = (id: string, by: TestClient, body: object = { reason: 'TERMS_CHANGED' }) =>
      by.post(`${root}/offers/${id}/withdrawal`, body);
    expect((await take(first.body.id, one!.bank, {})).body.errors[0].pointer).toBe('/reason');
    expect((await take(first.body.id, await market.bank())).status).toBe(404);
    expect((await take(first.body.id, enterprise)).status).toBe(403);
    const taken = await take(first.body.id, one!.bank);
    expect(taken.body).toMatchObject({ status: 'WITHDRAWN', withdrawnReason: 'TERMS_CHANGED' });
    expect((await accept(first.body.id)).body.code).toBe('MARKETPLACE.OFFER_NOT_OPEN');
    expect((await take(first.body.id, one!.bank)).status).toBe(409);
    const waiting = await one!.bank.get(`${root}/grabs/${one!.id}`);
    expect(waiting.body).toMatchObject({ status: 'OFFERED', nextAct: 'OFFER', deadline: '2026-12-10T15:59:59.999Z' });
    const listed = await one!.bank.get(`${root}/grabs`);
    expect(listed.body.items[0].deadline).toBe('2026-12-10T15:59:59.999Z');
    await market.keepHouse();
    const again = await offer(one!, { validTo: '2026-12-20' });
    expect(again.body).toMatchObject({ version: 2, status: 'OPEN' });
    expect((await accept(again.body.id)).status).toBe(200);
  });

  it('taken back a second time leave the clock as it is: nobody holds a place by offering and taking back', async () => {
    const { cases, offer } = await aNeed(1);
    const [{ bank, id }] = cases as [(typeof cases)[number]];
    const offerAndTakeBack = async (day: string) => {
      const { body } = await offer(cases[0]!, { validTo: '2026-12-20' });
      market.clock.set(`2026-12-${day}T02:00:00Z`);
      expect((await bank.post(`${root}/offers/${body.id}/withdrawal`, { reason: 'OTHER' })).status).toBe(200);
      return (await bank.get(`${root}/grabs/${id}`)).body.deadline;
    };
    expect(await offerAndTakeBack('08')).toBe('2026-12-10T15:59:59.999Z');
    expect(await offerAndTakeBack('10')).toBe('2026-12-10T15:59:59.999Z');
    market.clock.set('2026-12-10T16:00:00Z');
    await market.keepHouse();
    expect((await bank.get(`${root}/grabs/${id}`)).body).toMatchObject({
      status: 'LAPSED',
      endedReason: 'DECISION_DEADLINE',
    });
  });

  it('are either accepted or taken back when both come at once', async () => {
    const { cases, offer, accept } = await aNeed(1);
    const { body } = await offer(cases[0]!);
    const take = () => cases[0]!.bank.post(`${root}/offers/${body.id}/withdrawal`, { reason: 'OTHER' });
    const answers = await Promise.all([accept(body.id), take()]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const [row] = await market.db.query<{ status: string }>('select status from marketplace.offer where id = $1', [
      body.id,
    ]);
    expect(row!.status).toBe(answers[0]!.status === 200 ? 'ACCEPTED' : 'WITHDRAWN');
  });

  it('of one lender: one of two acceptances at once wins, the other case is lost', async () => {
    const { cases, offer, accept, status } = await aNeed(2);
    const offers = [await offer(cases[0]!), await offer(cases[1]!)];
    const answers = await Promise.all(offers.map(({ body }) => accept(body.id)));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await status()).toBe('MATCHED');
  });

  it('of several lenders: a part accepted leaves the rest on the board, until all is covered', async () => {
    const { cases, offer, accept, status, compare, needId, enterprise } = await aNeed(4, {
      allowMultipleLenders: true,
    });
    const part = (index: number, amountFen: string) => offer(cases[index]!, { amountFen });
    const offers = [await part(0, '200000000'), await part(1, '250000000'), await part(2, '300000000')];
    expect((await accept(offers[0]!.body.id)).status).toBe(200);
    expect(await status()).toBe('PUBLISHED');
    expect(await compare()).toMatchObject({ acceptedFen: '200000000', leftFen: '300000000' });
    expect((await market.grab(await market.bank(), needId, '100000000')).status).toBe(201);
    expect((await enterprise.post(`${root}/needs/${needId}/withdrawal`)).body.code).toBe(
      'MARKETPLACE.NOT_WITHDRAWABLE',
    );
    // Together too much: of two at once, one; the other is too much then, or lost.
    const race = await Promise.all([accept(offers[1]!.body.id), accept(offers[2]!.body.id)]);
    expect(race.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    if (race[0]!.status === 200) expect((await accept((await part(3, '50000000')).body.id)).status).toBe(200);
    expect(await status()).toBe('MATCHED');
    expect(await compare()).toMatchObject({ leftFen: '0' });
    const after = (await enterprise.get(`${root}/needs/${needId}`)).body.grabs;
    const lost = after.filter((grab: { status: string }) => grab.status === 'LOST');
    expect(lost.length).toBeGreaterThanOrEqual(2);
    expect(lost[0].ending.code).toBe('NEED_COVERED');
    expect((await market.grab(await market.bank(), needId)).status).toBe(410);
  });

  it('of several lenders: a need out of time with a part accepted is matched, and funded by the first payment', async () => {
    const { cases, offer, accept, status } = await aNeed(2, { allowMultipleLenders: true });
    const { body } = await offer(cases[0]!, { amountFen: '200000000', validTo: '2026-12-20' });
    await accept(body.id);
    const pay = { amountFen: '200000000', drawnOn: '2026-11-23' };
    await cases[0]!.bank.post(`${root}/grabs/${cases[0]!.id}/disbursement`, pay);
    expect(await status()).toBe('PUBLISHED');
    market.clock.set('2026-12-09T02:00:00Z');
    await market.keepHouse();
    expect(await status()).toBe('FUNDED');
  });

  it('of several lenders: the enterprise may be content with a part, and the other cases end', async () => {
    const { cases, offer, accept, status, needId, enterprise } = await aNeed(2, { severalLenders: true });
    const complete = (by = enterprise) => by.post(`${root}/needs/${needId}/completion`);
    expect((await complete()).body.code).toBe('MARKETPLACE.NOTHING_TO_COMPLETE');
    await accept((await offer(cases[0]!, { amountFen: '200000000' })).body.id);
    expect((await complete(await market.enterprise())).status).toBe(404);
    const answers = await Promise.all([complete(), complete()]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await status()).toBe('MATCHED');
    const lost = await cases[1]!.bank.get(`${root}/grabs/${cases[1]!.id}`);
    expect(lost.body).toMatchObject({ status: 'LOST', endedReason: 'ENOUGH_ACCEPTED', enterprise: null });
  });
});
