import { type Market, needBody, offerBody, startMarket } from './support/market.js';

const root = '/api/marketplace';

describe('from a need to money', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    expect(await market.miscounts()).toEqual([]);
  });

  it('goes the whole way: draft, board, grab, contact, offer, acceptance, disbursement', async () => {
    const enterprise = await market.enterprise();
    const bank = await market.bank();
    const draft = await enterprise.post(`${root}/needs`, needBody);
    expect(draft.body).toMatchObject({ status: 'DRAFT' });
    expect(draft.status).toBe(201);
    const needId = draft.body.id;
    const published = await enterprise.post(`${root}/needs/${needId}/publication`);
    expect(published.status).toBe(200);
    expect(published.body).toMatchObject({
      id: needId,
      status: 'PUBLISHED',
      placesLeft: 5,
      tier: 'T3',
      industry: '39',
    });
    // 15 natural days from Monday 23 November: Tuesday 8 December, to its last moment in Suzhou.
    expect(published.body.closesAt).toBe('2026-12-08T15:59:59.999Z');

    const board = await bank.get(`${root}/leads`);
    const [lead] = board.body.items.filter((one: { needId: string }) => one.needId === needId);
    expect(lead).toEqual({
      needId,
      district: '320583',
      industry: '39',
      tier: 'T3',
      scoreBand: 'B',
      amountBand: '300-500',
      termMonths: 12,
      purpose: '研发投入',
      security: 'UNSECURED',
      placesLeft: 5,
      publishedAt: '2026-11-23T02:00:00.000Z',
      closesAt: '2026-12-08T15:59:59.999Z',
      window: 'OPEN',
      windowEndsAt: null,
      commitment: null,
    });

    const grabbed = await market.grab(bank, needId, '300000000');
    expect(grabbed.status).toBe(201);
    expect(grabbed.body).toMatchObject({
      needId,
      status: 'ACTIVE',
      enterprise: { uscc: enterprise.uscc, name: enterprise.name },
      contact: needBody.contact,
      contactBy: '2026-11-24T15:59:59.999Z',
      amountFen: '500000000',
    });
    const caseId = grabbed.body.id;
    const tooEarly = await bank.post(`${root}/grabs/${caseId}/offers`, offerBody);
    expect(tooEarly.body.code).toBe('MARKETPLACE.CONTACT_FIRST');

    const contact = await bank.post(`${root}/grabs/${caseId}/contact`, { method: 'PHONE', note: '已联系' });
    expect(contact.status).toBe(200);
    expect(contact.body).toMatchObject({
      status: 'CONTACTED',
      nextAct: 'OFFER',
      firstResponderId: bank.person!.personId,
    });
    const offer = await bank.post(`${root}/grabs/${caseId}/offers`, offerBody);
    expect(offer.status).toBe(201);
    const compared = await enterprise.get(`${root}/needs/${needId}/offers`);
    expect(compared.body.items).toMatchObject([{ id: offer.body.id, annualCostBp: 395, aboveRateMax: false }]);

    const accepted = await enterprise.post(`${root}/offers/${offer.body.id}/acceptance`);
    expect(accepted.status).toBe(200);
    expect(accepted.body).toMatchObject({ id: offer.body.id, status: 'ACCEPTED' });
    const paid = await bank.post(`${root}/grabs/${caseId}/disbursement`, {
      amountFen: '300000000',
      drawnOn: '2026-11-23',
    });
    expect(paid.status).toBe(200);
    expect(paid.body).toMatchObject({ status: 'DISBURSED', leftFen: '0', late: false });
    const end = await enterprise.get(`${root}/needs/${needId}`);
    expect(end.body).toMatchObject({ status: 'FUNDED', placesTaken: 0, grabs: [{ status: 'DISBURSED' }] });

    const told = await market.db.query<{ to: string; topic: string }>(
      // An event on its way is in both places for a moment.
      `select event->>'id' as id, topic, event->'data'->>'to' as to from bus.message where key = $1
       union select event_id::text, topic, data->>'to' from marketplace.outbox where key = $1`,
      [enterprise.uscc],
    );
    const states = (topic: string) => told.filter((one) => one.topic === topic).map(({ to }) => to);
    expect(states('marketplace.need.changed.v1').toSorted()).toEqual(['FUNDED', 'MATCHED', 'PUBLISHED', 'SUBMITTED']);
    expect(states('marketplace.grab.changed.v1').toSorted()).toEqual(
      ['ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED', 'ACCEPTED', 'DISBURSED'].toSorted(),
    );
    expect(states('marketplace.disbursement.reported.v1')).toHaveLength(1);
    const timeline = await bank.get(`${root}/grabs/${caseId}`);
    expect(timeline.body.timeline.map(({ act }: { act: string }) => act)).toEqual([
      'GRABBED',
      'CONTACT',
      'CONTACTED',
      'IN_REVIEW',
      'OFFERED',
      'ACCEPTED',
      'DISBURSED',
    ]);
  });

  it('ends the other cases when one offer is accepted, and shows the losers no contact any more', async () => {
    const { id, enterprise } = await market.need();
    const [winner, loser] = [await market.bank(), await market.bank()];
    const won = await market.grab(winner, id, '100000000');
    const lost = await market.grab(loser, id, '100000000');
    await winner.post(`${root}/grabs/${won.body.id}/contact`, { method: 'VISIT', note: '走访' });
    const offer = await winner.post(`${root}/grabs/${won.body.id}/offers`, offerBody);
    await enterprise.post(`${root}/offers/${offer.body.id}/acceptance`);
    const after = await loser.get(`${root}/grabs/${lost.body.id}`);
    expect(after.body).toMatchObject({ status: 'LOST', enterprise: null, contact: null, deadline: null });
    expect((await market.grab(await market.bank(), id)).status).toBe(410);
  });

  it('lets several banks lend a part each where the need says so, up to its amount', async () => {
    const { id, enterprise } = await market.need({ severalLenders: true });
    const offers: string[] = [];
    for (const bank of await market.banks(3)) {
      const grab = await market.grab(bank, id, '100000000');
      await bank.post(`${root}/grabs/${grab.body.id}/contact`, { method: 'PHONE', note: '1' });
      const offer = await bank.post(`${root}/grabs/${grab.body.id}/offers`, { ...offerBody, amountFen: '200000000' });
      offers.push(offer.body.id);
    }
    const answers = [];
    for (const offer of offers) answers.push(await enterprise.post(`${root}/offers/${offer}/acceptance`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 409]);
    expect(answers[2]!.body.code).toBe('MARKETPLACE.ACCEPTED_TOO_MUCH');
  });

  it('pays out in parts up to the accepted amount, never before the acceptance, never in the future', async () => {
    const { id, enterprise } = await market.need();
    const bank = await market.bank();
    const grab = await market.grab(bank, id, '100000000');
    const pay = (amountFen: string, drawnOn: string) =>
      bank.post(`${root}/grabs/${grab.body.id}/disbursement`, { amountFen, drawnOn });
    expect((await pay('1', '2026-11-23')).body.code).toBe('MARKETPLACE.NOTHING_ACCEPTED');
    await bank.post(`${root}/grabs/${grab.body.id}/contact`, { method: 'PHONE', note: '1' });
    const offer = await bank.post(`${root}/grabs/${grab.body.id}/offers`, offerBody);
    await enterprise.post(`${root}/offers/${offer.body.id}/acceptance`);
    expect((await pay('1', '2026-11-24')).body.errors[0].pointer).toBe('/drawnOn');
    expect((await pay('1', '2026-11-22')).body.errors[0].pointer).toBe('/drawnOn');
    expect((await pay('300000001', '2026-11-23')).body.errors[0].pointer).toBe('/amountFen');
    expect((await pay('100000000', '2026-11-23')).body).toMatchObject({ status: 'DISBURSED', leftFen: '200000000' });
    expect((await pay('200000000', '2026-11-23')).body).toMatchObject({ leftFen: '0' });
    expect((await pay('1', '2026-11-23')).status).toBe(422);
  });
});
