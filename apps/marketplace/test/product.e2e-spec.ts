import { randomUUID } from 'node:crypto';

import type { TestClient } from '../../../test/support/test-service.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace/products';
const product = {
  name: '科创贷',
  description: '面向科技型中小企业',
  amountMinFen: '10000000',
  amountMaxFen: '1000000000',
  termMonthsMin: 6,
  termMonthsMax: 36,
  annualRateBpMin: 345,
  annualRateBpMax: 480,
  security: ['UNSECURED', 'IP_PLEDGE'],
};

describe('the shelf', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());

  const put = (client: TestClient, id: string, payload: object) =>
    market.app.inject({
      method: 'PUT',
      url: `${root}/${id}`,
      headers: { authorization: `Bearer ${client.person!.token}`, 'idempotency-key': randomUUID() },
      payload,
    });

  it('shows everybody what institutions offer, newest first, until it is withdrawn', async () => {
    const bank = await market.bank({ code: 'JINJI' });
    const first = await bank.post(root, product);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ ...product, institution: { code: 'JINJI' }, status: 'OFFERED' });
    const second = await bank.post(root, { ...product, name: '知识产权贷' });
    const reader = await market.as('regulator');
    const shelf = await reader.get(`${root}?institution=JINJI`);
    expect(shelf.body.items.map(({ name }: { name: string }) => name)).toEqual(['知识产权贷', '科创贷']);
    expect((await put(bank, first.body.id, { ...product, annualRateBpMax: 500 })).json()).toMatchObject({
      annualRateBpMax: 500,
    });
    await bank.post(`${root}/${second.body.id}/withdrawal`);
    expect((await reader.get(`${root}?institution=JINJI`)).body.items).toHaveLength(1);
    expect((await put(bank, second.body.id, product)).json()).toMatchObject({ code: 'MARKETPLACE.PRODUCT_WITHDRAWN' });
  });

  it('is filled by members of the marketplace, each their own board', async () => {
    const outsider = await market.bank({ memberships: ['CREDIT'] });
    expect((await outsider.post(root, product)).body.code).toBe('MARKETPLACE.NOT_A_MEMBER');
    expect((await (await market.enterprise()).post(root, product)).status).toBe(403);
    expect((await market.anyone.get(root)).status).toBe(401);
    const mine = await (await market.bank()).post(root, product);
    const stranger = await market.bank();
    expect((await put(stranger, mine.body.id, product)).statusCode).toBe(404);
    expect((await stranger.post(`${root}/${mine.body.id}/withdrawal`)).status).toBe(404);
  });

  const wrong: [object, string][] = [
    [{ amountMaxFen: '9999999', amountMinFen: '10000000' }, '/amountMaxFen'],
    [{ termMonthsMax: 5 }, '/termMonthsMax'],
    [{ annualRateBpMax: 344 }, '/annualRateBpMax'],
    [{ security: [] }, '/security'],
    [{ security: ['GOLD'] }, '/security'],
    [{ name: '' }, '/name'],
  ];
  it.each(wrong)('refuses %p', async (wish, pointer) => {
    const answer = await (await market.bank()).post(root, { ...product, ...wish });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});
