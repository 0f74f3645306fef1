import { randomUUID } from 'node:crypto';

import { authorisationRevoked, authorisationSigned } from '@app/contracts';
import { drain } from '@app/messaging';
import { addToOutbox } from '@app/messaging';
import { DataSource } from 'typeorm';

import { type Enterprise, type Market, needBody, offerBody, startMarket } from './support/market.js';

const root = '/api/marketplace';

describe('needs of an enterprise', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    expect(await market.miscounts()).toEqual([]);
  });

  const wrong: [string, object, string][] = [
    ['an amount below a 万元', { amountFen: '999999' }, '/amountFen'],
    ['an amount that is a number', { amountFen: 500000000 }, '/amountFen'],
    ['no term', { termMonths: 0 }, '/termMonths'],
    ['an unknown security', { security: 'GOLD' }, '/security'],
    ['an empty purpose', { purpose: '  ' }, '/purpose'],
    ['a purpose of 201 characters', { purpose: '研'.repeat(201) }, '/purpose'],
    ['a rate above 36%', { annualRateBpMax: 3601 }, '/annualRateBpMax'],
    ['a telephone number that is none', { contact: { name: '周会计', phone: '12345' } }, '/contact/phone'],
    ['no contact', { contact: undefined }, '/contact'],
    ['a field that nobody knows', { colour: 'red' }, '/colour'],
  ];
  it.each(wrong)('refuses %s and says where', async (_, wish, pointer) => {
    const enterprise = await market.enterprise();
    const answer = await enterprise.post(`${root}/needs`, { ...needBody, ...wish });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('are drafted, edited and shown word for word as banks will read them', async () => {
    const enterprise = await market.enterprise();
    const draft = await enterprise.post(`${root}/needs`, { ...needBody, purpose: `${enterprise.name}扩产，找周会计` });
    expect(draft.body.shownPurpose).toBe('＊＊＊扩产，找＊＊＊');
    const edited = await market.app.inject({
      method: 'PUT',
      url: `${root}/needs/${draft.body.id}`,
      headers: { authorization: `Bearer ${enterprise.person!.token}`, 'idempotency-key': randomUUID() },
      payload: { ...needBody, amountFen: '600000000' },
    });
    expect(edited.json()).toMatchObject({ status: 'DRAFT', amountFen: '600000000', shownPurpose: '研发投入' });
    await enterprise.post(`${root}/needs/${draft.body.id}/publication`);
    const late = await enterprise.post(`${root}/needs/${draft.body.id}/publication`);
    expect(late.body.code).toBe('MARKETPLACE.NOT_A_DRAFT');
  });

  it('are published only by a proved enterprise with an authorisation for collection and use', async () => {
    const publish = async (enterprise: Enterprise) => {
      const draft = await enterprise.post(`${root}/needs`, needBody);
      return enterprise.post(`${root}/needs/${draft.body.id}/publication`);
    };
    const pending = await publish(await market.enterprise({ status: 'PENDING' }));
    expect([pending.status, pending.body.code]).toEqual([403, 'AUTH.IDENTITY_NOT_PROVED']);
    const silent = await market.enterprise({ authorised: false });
    expect((await publish(silent)).body.code).toBe('MARKETPLACE.NO_AUTHORISATION');
    await market.authorise(silent.uscc, { limbs: ['USE'] });
    expect((await publish(silent)).status).toBe(403);
    await market.authorise(silent.uscc, { limbs: ['COLLECTION'], validTo: '2026-11-22' });
    expect((await publish(silent)).status).toBe(403);
    await market.authorise(silent.uscc, { limbs: ['COLLECTION'] });
    expect((await publish(silent)).status).toBe(200);
  });

  it('are nobody else’s business', async () => {
    const { id } = await market.need();
    const stranger = await market.enterprise();
    for (const path of [`needs/${id}`, `needs/${id}/offers`])
      expect((await stranger.get(`${root}/${path}`)).status).toBe(404);
    for (const act of ['publication', 'withdrawal', 'extension'])
      expect((await stranger.post(`${root}/needs/${id}/${act}`)).status).toBe(404);
    expect((await stranger.get(`${root}/needs`)).body.items).toEqual([]);
    expect((await (await market.bank()).get(`${root}/needs/${id}`)).status).toBe(403);
  });

  it('are listed newest first, page by page', async () => {
    const enterprise = await market.enterprise();
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.unshift((await enterprise.post(`${root}/needs`, needBody)).body.id);
    const first = await enterprise.get(`${root}/needs?limit=3`);
    const second = await enterprise.get(`${root}/needs?limit=3&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map(({ id }) => id)).toEqual(ids);
    expect(second.body.nextCursor).toBeNull();
    expect((await enterprise.get(`${root}/needs?cursor=abc`)).status).toBe(422);
  });

  it('are open three at a time, however many are published at once', async () => {
    const enterprise = await market.enterprise();
    const drafts = await Promise.all(Array.from({ length: 6 }, () => enterprise.post(`${root}/needs`, needBody)));
    const answers = await Promise.all(
      drafts.map(({ body }) => enterprise.post(`${root}/needs/${body.id}/publication`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.find(({ status }) => status !== 200)!.body.code).toBe('MARKETPLACE.TOO_MANY_OPEN_NEEDS');
  });

  it('are withdrawn until an offer is accepted; running cases are cancelled and free their banks', async () => {
    const { id, enterprise } = await market.need();
    const bank = await market.bank();
    const grab = await market.grab(bank, id);
    const answer = await enterprise.post(`${root}/needs/${id}/withdrawal`, { reason: 'FUNDED_ELSEWHERE' });
    expect(answer.body).toMatchObject({ status: 'WITHDRAWN', placesTaken: 0, endedReason: 'FUNDED_ELSEWHERE' });
    const cancelled = await bank.get(`${root}/grabs/${grab.body.id}`);
    expect(cancelled.body).toMatchObject({ status: 'CANCELLED', contact: null, endedReason: 'NEED_WITHDRAWN' });
    expect((await market.grab(await market.bank(), id)).status).toBe(410);
    expect((await enterprise.post(`${root}/needs/${id}/withdrawal`)).body.code).toBe('MARKETPLACE.NOT_WITHDRAWABLE');

    const other = await market.need({}, enterprise);
    const again = await market.grab(bank, other.id);
    await bank.post(`${root}/grabs/${again.body.id}/contact`, { method: 'PHONE', note: '1' });
    const offer = await bank.post(`${root}/grabs/${again.body.id}/offers`, offerBody);
    await enterprise.post(`${root}/offers/${offer.body.id}/acceptance`);
    expect((await enterprise.post(`${root}/needs/${other.id}/withdrawal`)).status).toBe(409);
  });

  it('cost a week of waiting when a third one is withdrawn', async () => {
    const enterprise = await market.enterprise();
    for (let i = 0; i < 3; i += 1) {
      const { id } = await market.need({}, enterprise);
      await enterprise.post(`${root}/needs/${id}/withdrawal`);
    }
    const draft = await enterprise.post(`${root}/needs`, needBody);
    const answer = await enterprise.post(`${root}/needs/${draft.body.id}/publication`);
    expect(answer.body).toMatchObject({
      code: 'MARKETPLACE.WITHDREW_TOO_OFTEN',
      detail: expect.stringContaining('2026-11-30T02:00:00'),
    });
  });

  it('are extended once, and repeated only after they ended', async () => {
    const { id, enterprise } = await market.need();
    const extended = await enterprise.post(`${root}/needs/${id}/extension`);
    expect(extended.body.closesAt).toBe('2026-12-23T15:59:59.999Z');
    expect((await enterprise.post(`${root}/needs/${id}/extension`)).body.code).toBe('MARKETPLACE.NOT_EXTENDABLE');
    const repeat = { ...needBody, previousId: id };
    expect((await enterprise.post(`${root}/needs`, repeat)).body.code).toBe('MARKETPLACE.NOT_REPEATABLE');
    await enterprise.post(`${root}/needs/${id}/withdrawal`);
    expect((await enterprise.post(`${root}/needs`, repeat)).body.previousId).toBe(id);
  });

  it('leave the board when the authorisation is revoked and come back when it is signed again', async () => {
    const { id, enterprise } = await market.need();
    const bank = await market.bank();
    const running = await market.grab(bank, id);
    await market.revoke(enterprise.uscc);
    await hear(market, 'revoked', enterprise.uscc);
    expect((await enterprise.get(`${root}/needs/${id}`)).body).toMatchObject({ status: 'PUBLISHED', placesLeft: 0 });
    expect((await enterprise.get(`${root}/needs/${id}`)).body.suspendedAt).not.toBeNull();
    // The case that runs goes on: who was called may be called again.
    const contact = await bank.post(`${root}/grabs/${running.body.id}/contact`, { method: 'PHONE', note: '1' });
    expect(contact.status).toBe(200);
    expect((await market.grab(await market.bank(), id)).status).toBe(410);
    await market.authorise(enterprise.uscc);
    await hear(market, 'signed', enterprise.uscc);
    expect((await market.grab(await market.bank(), id)).status).toBe(201);
  });
});

/** Tells the marketplace, over the bus, what the credit service would. */
async function hear(market: Market, what: 'revoked' | 'signed', uscc: string): Promise<void> {
  const at = market.clock.now();
  const limbs: ('COLLECTION' | 'USE')[] = ['COLLECTION', 'USE'];
  const base = { authorisationId: randomUUID(), uscc, limbs };
  await market.app
    .get(DataSource)
    .transaction((tx) =>
      what === 'revoked'
        ? addToOutbox(tx, authorisationRevoked, { ...base, revokedAt: at.toISOString() }, at)
        : addToOutbox(
            tx,
            authorisationSigned,
            { ...base, institutions: null, purposes: ['PRE_LOAN'], validFrom: '2026-01-01', validTo: '2027-01-01' },
            at,
          ),
    );
  await drain();
}
