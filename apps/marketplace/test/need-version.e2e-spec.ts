import { type Market, needBody, startMarket } from './support/market.js';

const root = '/api/marketplace';

describe('a need that is published again', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());

  it('is the next version of the one before, once, and says so on both', async () => {
    const { id, enterprise } = await market.need();
    expect((await enterprise.post(`${root}/needs/${id}/republication`)).body.code).toBe('MARKETPLACE.NOT_REPEATABLE');
    await enterprise.post(`${root}/needs/${id}/withdrawal`);
    const drafts = [
      await enterprise.post(`${root}/needs/${id}/republication`),
      await enterprise.post(`${root}/needs`, { ...needBody, previousId: id, amountFen: '400000000' }),
    ];
    expect(drafts[0]!.body).toMatchObject({
      status: 'DRAFT',
      previousId: id,
      version: 2,
      amountFen: needBody.amountFen,
    });
    const publish = (draft: { body: { id: string } }) => enterprise.post(`${root}/needs/${draft.body.id}/publication`);
    expect((await publish(drafts[1]! as never)).body).toMatchObject({
      version: 2,
      previousId: id,
      status: 'PUBLISHED',
    });
    expect((await publish(drafts[0]! as never)).body.code).toBe('MARKETPLACE.REPEATED_ALREADY');
    expect((await enterprise.get(`${root}/needs/${id}`)).body.nextId).toBe(drafts[1]!.body.id);
    expect((await enterprise.post(`${root}/needs/${id}/republication`)).body.code).toBe('MARKETPLACE.REPEATED_ALREADY');
    const told = await market.db.query<{ act: string }>(
      `select act from marketplace.audit where subject_id = $1 order by id`,
      [drafts[0]!.body.id],
    );
    expect(told).toEqual([{ act: 'REPEATED' }]);
  });

  it('is nobody else’s to repeat, and may be grabbed by who held its former version', async () => {
    const { id, enterprise } = await market.need();
    const bank = await market.bank();
    await market.grab(bank, id);
    await enterprise.post(`${root}/needs/${id}/withdrawal`);
    expect((await (await market.enterprise()).post(`${root}/needs/${id}/republication`)).status).toBe(404);
    expect((await bank.post(`${root}/needs/${id}/republication`)).status).toBe(403);
    const draft = await enterprise.post(`${root}/needs/${id}/republication`);
    await enterprise.post(`${root}/needs/${draft.body.id}/publication`);
    expect((await market.grab(bank, draft.body.id)).status).toBe(201);
  });
});
