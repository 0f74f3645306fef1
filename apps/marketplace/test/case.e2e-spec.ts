import type { TestClient } from '../../../test/support/test-service.js';
import { type Market, offerBody, startMarket } from './support/market.js';

const root = '/api/marketplace/grabs';
const call = { method: 'PHONE', note: '已联系' };

describe('the cases of a bank', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    expect(await market.miscounts()).toEqual([]);
  });

  const aCase = async (bank?: TestClient) => {
    const owner = bank ?? (await market.bank());
    const { id, enterprise } = await market.need();
    const grab = await market.grab(owner, id);
    return { bank: owner, id: grab.body.id as string, needId: id, enterprise };
  };

  it('are released before the first contact without a reason, and the place is free again', async () => {
    const { bank, id, needId, enterprise } = await aCase();
    for (const other of await market.banks(4)) await market.grab(other, needId);
    expect((await enterprise.get(`/api/marketplace/needs/${needId}`)).body.status).toBe('FULL');
    const released = await bank.post(`${root}/${id}/release`);
    expect(released.body).toMatchObject({ status: 'RELEASED', enterprise: null, contact: null });
    const need = await enterprise.get(`/api/marketplace/needs/${needId}`);
    expect(need.body).toMatchObject({ status: 'PUBLISHED', placesLeft: 1 });
    expect((await market.grab(bank, needId)).body.code).toBe('MARKETPLACE.ALREADY_GRABBED');
  });

  it('are given back after it only with the reason of a decline', async () => {
    const { bank, id } = await aCase();
    await bank.post(`${root}/${id}/contact`, call);
    const silent = await bank.post(`${root}/${id}/release`);
    expect([silent.status, silent.body.errors[0].pointer]).toEqual([422, '/reason']);
    const declined = await bank.post(`${root}/${id}/release`, { reason: 'POOR_CREDIT' });
    expect(declined.body).toMatchObject({ status: 'DECLINED', endedReason: 'POOR_CREDIT' });
    expect((await bank.post(`${root}/${id}/contact`, call)).body.code).toBe('MARKETPLACE.WRONG_STATE');
  });

  it('are declined with a code, and with a text where the code says nothing', async () => {
    const { bank, id } = await aCase();
    expect((await bank.post(`${root}/${id}/decline`, {})).body.errors[0].pointer).toBe('/reason');
    expect((await bank.post(`${root}/${id}/decline`, { reason: 'BECAUSE' })).status).toBe(422);
    expect((await bank.post(`${root}/${id}/decline`, { reason: 'OTHER' })).body.errors[0].pointer).toBe('/text');
    const declined = await bank.post(`${root}/${id}/decline`, { reason: 'OTHER', text: '行业' });
    expect(declined.body.status).toBe('DECLINED');
    expect((await bank.post(`${root}/${id}/decline`, { reason: 'OTHER', text: '行业' })).status).toBe(409);
  });

  it('belong to whoever records the first contact, until they are handed over', async () => {
    const { bank, id } = await aCase();
    const colleague = await market.as('account-manager', { colleagueOf: bank.person! });
    const admin = await market.as('institution-admin', { colleagueOf: bank.person! });
    const contact = await colleague.post(`${root}/${id}/contact`, call);
    expect(contact.body).toMatchObject({
      managerId: colleague.person!.personId,
      firstResponderId: colleague.person!.personId,
    });
    expect((await bank.post(`${root}/${id}/offers`, offerBody)).body.code).toBe('MARKETPLACE.NOT_THE_RESPONDER');
    const to = (personId: string) => ({ personId, reason: 'WORKLOAD' });
    expect((await bank.post(`${root}/${id}/transfer`, to(bank.person!.personId))).status).toBe(403);
    const stranger = await market.bank();
    const wrong = await admin.post(`${root}/${id}/transfer`, to(stranger.person!.personId));
    expect(wrong.body.code).toBe('MARKETPLACE.NO_SUCH_COLLEAGUE');
    expect((await admin.post(`${root}/${id}/transfer`, to(bank.person!.personId))).status).toBe(200);
    expect((await bank.post(`${root}/${id}/offers`, offerBody)).status).toBe(201);
  });

  it('are not handed to somebody who has too many', async () => {
    await market.limit('maxOpenGrabsPerManager', 2);
    const bank = await market.bank();
    const busy = await market.as('account-manager', { colleagueOf: bank.person! });
    const { id } = await aCase(bank);
    await aCase(busy);
    await aCase(busy);
    const answer = await bank.post(`${root}/${id}/transfer`, {
      personId: busy.person!.personId,
      reason: 'WORKLOAD',
    });
    expect(answer.body.code).toBe('MARKETPLACE.MANAGER_LIMIT');
    expect((await busy.post(`${root}/${id}/contact`, call)).body.code).toBe('MARKETPLACE.MANAGER_LIMIT');
    await market.limit('maxOpenGrabsPerManager', 10);
  });

  it('are nobody else’s business, whatever the act', async () => {
    const { id } = await aCase();
    const stranger = await market.bank();
    expect((await stranger.get(`${root}/${id}`)).status).toBe(404);
    const bodies: Record<string, object> = {
      contact: call,
      release: {},
      decline: { reason: 'POOR_CREDIT' },
      offers: offerBody,
      disbursement: { amountFen: '1', drawnOn: '2026-11-23' },
      transfer: { personId: stranger.person!.personId, reason: 'OTHER' },
    };
    for (const [act, body] of Object.entries(bodies))
      expect([act, (await stranger.post(`${root}/${id}/${act}`, body)).status]).toEqual([act, 404]);
    expect((await stranger.get(root)).body.items).toEqual([]);
  });

  it('are listed by deadline with the load against the limits, one manager’s alone if wished', async () => {
    const bank = await market.bank();
    const colleague = await market.as('account-manager', { colleagueOf: bank.person! });
    const [ended, contacted, fresh, theirs] = [
      await aCase(bank),
      await aCase(bank),
      await aCase(bank),
      await aCase(colleague),
    ];
    await bank.post(`${root}/${ended.id}/release`);
    await bank.post(`${root}/${contacted.id}/contact`, call);
    const { body } = await bank.get(root);
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([fresh.id, theirs.id, contacted.id, ended.id]);
    expect(body.items[0]).toMatchObject({ nextAct: 'CONTACT', deadline: '2026-11-24T15:59:59.999Z' });
    expect(body.load).toEqual({ openOfManager: 2, maxOfManager: 10, openOfInstitution: 3, maxOfInstitution: 50 });
    const mine = await bank.get(`${root}?managerId=${colleague.person!.personId}&status=OPEN`);
    expect(mine.body.items).toHaveLength(1);
    const paged = await bank.get(`${root}?limit=3`);
    const rest = await bank.get(`${root}?limit=3&cursor=${paged.body.nextCursor}`);
    expect(rest.body.items.map(({ id }: { id: string }) => id)).toEqual([ended.id]);
  });

  const wrongOffers: [string, object, string][] = [
    ['more than the need', { amountFen: '500000001' }, '/amountFen'],
    ['fees that eat the loan', { feesFen: '300000000' }, '/feesFen'],
    ['an end before today', { validTo: '2026-11-22' }, '/validTo'],
    ['an end too far away', { validTo: '2027-05-23' }, '/validTo'],
    ['an unknown repayment', { repayment: 'NEVER' }, '/repayment'],
    ['a day that no calendar has', { validTo: '2026-02-30' }, '/validTo'],
  ];
  it.each(wrongOffers)('refuse an offer with %s', async (_, wish, pointer) => {
    const { bank, id } = await aCase();
    await bank.post(`${root}/${id}/contact`, call);
    const answer = await bank.post(`${root}/${id}/offers`, { ...offerBody, ...wish });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('have one standing offer: a new one replaces it, a dear one is marked', async () => {
    const { bank, id, needId, enterprise } = await aCase();
    await bank.post(`${root}/${id}/contact`, call);
    const first = await bank.post(`${root}/${id}/offers`, offerBody);
    const second = await bank.post(`${root}/${id}/offers`, { ...offerBody, annualRateBp: 460, feesFen: '3000000' });
    expect(second.body).toMatchObject({ aboveRateMax: true, annualCostBp: 560, belowAmount: true });
    const { body } = await enterprise.get(`/api/marketplace/needs/${needId}/offers`);
    expect(body.items.map(({ status }: { status: string }) => status)).toEqual(['OPEN', 'SUPERSEDED']);
    const late = await enterprise.post(`/api/marketplace/offers/${first.body.id}/acceptance`);
    expect(late.body.code).toBe('MARKETPLACE.OFFER_NOT_OPEN');
    const stranger = await market.enterprise();
    expect((await stranger.post(`/api/marketplace/offers/${second.body.id}/acceptance`)).status).toBe(404);
    const answers = await Promise.all(
      [1, 2, 3].map(() => enterprise.post(`/api/marketplace/offers/${second.body.id}/acceptance`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
  });

  it('close the need without money when the bank steps back after the acceptance', async () => {
    const { bank, id, needId, enterprise } = await aCase();
    await bank.post(`${root}/${id}/contact`, call);
    const offer = await bank.post(`${root}/${id}/offers`, offerBody);
    await enterprise.post(`/api/marketplace/offers/${offer.body.id}/acceptance`);
    await bank.post(`${root}/${id}/decline`, { reason: 'POOR_CREDIT' });
    const need = await enterprise.get(`/api/marketplace/needs/${needId}`);
    expect(need.body).toMatchObject({ status: 'CLOSED_UNFUNDED', placesTaken: 0 });
  });
});
