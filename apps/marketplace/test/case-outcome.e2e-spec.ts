import type { TestClient } from '../../../test/support/test-service.js';
import { CaseClockJob } from '../src/marketplace.module.js';
import { type Market, offerBody, startMarket } from './support/market.js';

const root = '/api/marketplace';
const call = { method: 'PHONE', note: '1' };

describe('how it ends', () => {
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

  const aCase = async () => {
    const bank = await market.bank();
    const { id: needId, enterprise } = await market.need();
    const { body } = await market.grab(bank, needId);
    const id = body.id as string;
    const act = (name: string, said: object, by: TestClient = bank) => by.post(`${root}/grabs/${id}/${name}`, said);
    await act('contact', call);
    return { bank, id, needId, enterprise, act };
  };
  const accepted = async () => {
    const opened = await aCase();
    const offer = await opened.act('offers', offerBody);
    await opened.enterprise.post(`${root}/offers/${offer.body.id}/acceptance`);
    return opened;
  };
  const sums = (needId: string) =>
    market.db.query<{ day: string; sum: string }>(
      `select drawn_on::text as day, sum(amount_fen)::text as sum from marketplace_api.disbursement_v1
       where need_id = $1 group by 1 having sum(amount_fen) <> 0 order by 1`,
      [needId],
    );

  it('a wrong report of money is taken back and replaced, never changed: every sum by day comes right', async () => {
    const { act, needId } = await accepted();
    market.clock.set('2026-11-26T02:00:00Z');
    const wrong = await act('disbursement', { amountFen: '200000000', drawnOn: '2026-11-24' });
    expect(wrong.body).toMatchObject({ leftFen: '100000000', correctsId: null });
    const right = { amountFen: '250000000', drawnOn: '2026-11-25', corrects: wrong.body.id, reason: '金额录入错误' };
    expect((await act('disbursement', { ...right, reason: undefined })).body.errors[0].pointer).toBe('/reason');
    expect((await act('disbursement', { ...right, amountFen: '300000001' })).body.errors[0].pointer).toBe('/amountFen');
    market.clock.set('2026-12-14T02:00:00Z');
    const corrected = await act('disbursement', right);
    expect(corrected.body).toMatchObject({ leftFen: '50000000', correctsId: wrong.body.id, late: false });
    expect(await sums(needId)).toEqual([{ day: '2026-11-25', sum: '250000000' }]);
    expect((await act('disbursement', right)).body.code).toBe('MARKETPLACE.ALREADY_CORRECTED');
    const again = { amountFen: '240000000', drawnOn: '2026-11-25', corrects: corrected.body.id, reason: '再次更正' };
    expect((await act('disbursement', again)).body).toMatchObject({ leftFen: '60000000' });
    expect((await act('disbursement', { ...again, corrects: needId })).status).toBe(404);
    expect(await sums(needId)).toEqual([{ day: '2026-11-25', sum: '240000000' }]);
    // An event on its way is in the outbox and on the bus for a moment: it is one event all the same.
    const told = await market.db.query<{ fen: string }>(
      `select distinct id, fen from (
         select event->>'id' as id, event->'data'->>'paidFen' as fen, event->'data'->>'needId' as need from bus.message
         where topic = 'marketplace.disbursement.reported.v1'
         union all
         select event_id::text, data->>'paidFen', data->>'needId' from marketplace.outbox
         where topic = 'marketplace.disbursement.reported.v1'
       ) as event where need = $1`,
      [needId],
    );
    expect(told.reduce((sum, { fen }) => sum + BigInt(fen), 0n)).toBe(240_000_000n);
  });

  it('one of two corrections at once holds', async () => {
    const { act, needId } = await accepted();
    const wrong = await act('disbursement', { amountFen: '200000000', drawnOn: '2026-11-23' });
    const fix = (amountFen: string) =>
      act('disbursement', { amountFen, drawnOn: '2026-11-23', corrects: wrong.body.id, reason: '更正' });
    const answers = await Promise.all([fix('210000000'), fix('220000000')]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const kept = answers[0]!.status === 200 ? '210000000' : '220000000';
    expect(await sums(needId)).toEqual([{ day: '2026-11-23', sum: kept }]);
  });

  it('an enterprise rates a bank once, after the case, and the bank reads it without names', async () => {
    const { act, id, bank, enterprise } = await aCase();
    const rate = (body: object, by: TestClient = enterprise) => act('feedback', body, by);
    expect((await rate({ stars: 5 })).body.code).toBe('MARKETPLACE.STILL_RUNNING');
    await act('decline', { reason: 'POOR_CREDIT' });
    for (const stars of [0, 6, 4.5]) expect((await rate({ stars })).status).toBe(422);
    expect((await rate({ stars: 5 }, bank)).status).toBe(403);
    expect((await rate({ stars: 5 }, await market.enterprise())).status).toBe(404);
    const answers = await Promise.all([rate({ stars: 4, text: '李经理 13912345678 很耐心' }), rate({ stars: 5 })]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const seen = (await bank.get(`${root}/grabs/${id}/progress`)).body.feedback;
    expect(seen.text ?? '').not.toContain('13912345678');
    const published = await market.db.query('select stars, tier from marketplace_api.feedback_v1 where grab_id = $1', [
      id,
    ]);
    expect(published).toEqual([{ stars: seen.stars, tier: 'T3' }]);
  });

  it('a complaint goes from the enterprise to the bank’s admin to the operator', async () => {
    const { act, bank, enterprise } = await aCase();
    const admin = await market.as('institution-admin', { colleagueOf: bank.person! });
    const operator = await market.as('operator');
    const body = { category: 'TIED_SALE', text: '要求购买理财，联系人王女士 13912345678' };
    const filed = await act('complaints', body, enterprise);
    expect(filed.body).toMatchObject({ status: 'OPEN', answerBy: '2026-11-30T15:59:59.999Z' });
    expect(filed.body.text).not.toContain('13912345678');
    expect((await act('complaints', body, enterprise)).body.code).toBe('MARKETPLACE.COMPLAINT_PENDING');
    const step = (name: string, by: TestClient, said: object) =>
      by.post(`${root}/complaints/${filed.body.id}/${name}`, said);
    const verdict = { upheld: true, note: '已责成整改' };
    expect((await step('closure', operator, verdict)).body.code).toBe('MARKETPLACE.ANSWER_AWAITED');
    expect((await step('answer', bank, { answer: '1' })).status).toBe(403);
    const stranger = await market.as('institution-admin');
    expect((await step('answer', stranger, { answer: '1' })).status).toBe(404);
    expect((await step('answer', admin, { answer: '已退回，客户经理已调整' })).body.status).toBe('ANSWERED');
    expect((await step('answer', admin, { answer: '1' })).body.code).toBe('MARKETPLACE.COMPLAINT_STATE');
    expect((await step('closure', admin, verdict)).status).toBe(403);
    expect((await step('closure', operator, verdict)).body).toMatchObject({ status: 'CLOSED', upheld: true });
    expect((await step('closure', operator, verdict)).body.code).toBe('MARKETPLACE.COMPLAINT_STATE');
    const list = async (by: TestClient, query = '') => (await by.get(`${root}/complaints${query}`)).body.items;
    expect(await list(enterprise)).toHaveLength(1);
    expect(await list(admin, '?status=CLOSED')).toMatchObject([{ id: filed.body.id, closingNote: '已责成整改' }]);
    expect(await list(stranger)).toEqual([]);
    expect(await list(await market.enterprise())).toEqual([]);
    expect((await list(operator)).length).toBeGreaterThanOrEqual(1);
    expect((await bank.get(`${root}/complaints`)).status).toBe(403);
    expect((await act('complaints', { category: 'OTHER', text: '1' }, enterprise)).status).toBe(201);
  });

  it('a complaint that the bank leaves lying is closed without its answer', async () => {
    const { act, enterprise } = await aCase();
    const { body } = await act('complaints', { category: 'NO_CONTACT', text: '无人联系' }, enterprise);
    const operator = await market.as('operator');
    market.clock.set('2026-12-01T02:00:00Z');
    const closed = await operator.post(`${root}/complaints/${body.id}/closure`, { upheld: true, note: '逾期未答复' });
    expect(closed.body).toMatchObject({ status: 'CLOSED', answer: null });
  });

  it('a need that everybody declined says so when its time is over', async () => {
    const { act, needId, enterprise } = await aCase();
    await act('decline', { reason: 'INDUSTRY_RESTRICTED' });
    market.clock.set('2026-12-09T02:00:00Z');
    await market.keepHouse();
    const need = await enterprise.get(`${root}/needs/${needId}`);
    expect(need.body).toMatchObject({ status: 'CLOSED_UNFUNDED', endedReason: 'ALL_DECLINED' });
  });

  it('an LPR that an operator enters counts from its day on; an earlier offer keeps its own', async () => {
    const operator = await market.as('operator');
    const second = await market.as('operator');
    const quote = { tenor: '5Y', publishedOn: '2026-11-20', rateBp: 340, source: '公告', verified: false };
    const { act, bank } = await aCase();
    const byLpr = { ...offerBody, annualRateBp: undefined, lpr: { tenor: '5Y', spreadBp: 50 } };
    expect((await act('offers', byLpr)).body).toMatchObject({ annualRateBp: 400, lpr: { publishedOn: '2025-05-20' } });
    expect((await operator.post(`${root}/lpr`, { ...quote, publishedOn: '2026-11-24' })).status).toBe(422);
    expect((await bank.post(`${root}/lpr`, quote)).status).toBe(403);
    expect((await operator.post(`${root}/lpr`, quote)).status).toBe(201);
    const compared = { ...quote, verified: true };
    const refused = await operator.post(`${root}/lpr`, compared);
    expect(refused.body.code).toBe('MARKETPLACE.QUOTE_NOT_COMPARED');
    expect((await second.post(`${root}/lpr`, { ...compared, rateBp: 345 })).status).toBe(409);
    expect((await second.post(`${root}/lpr`, compared)).status).toBe(201);
    expect((await act('offers', byLpr)).body).toMatchObject({ annualRateBp: 390, lpr: { publishedOn: '2026-11-20' } });
    const { body } = await bank.get(`${root}/lpr?limit=3`);
    expect(body.items[0]).toMatchObject({ tenor: '5Y', rateBp: 340, verified: true });
    expect(body.items[0].recordedBy).not.toBe(body.items[1].recordedBy);
    expect(body.items.slice(1)).toMatchObject([{ rateBp: 340, verified: false }, { verified: false }]);
    const next = await bank.get(`${root}/lpr?limit=100&cursor=${body.nextCursor}`);
    expect(next.body.items).toHaveLength(29);
  });
});
