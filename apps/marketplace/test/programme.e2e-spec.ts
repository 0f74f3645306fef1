import { randomUUID } from 'node:crypto';

import type { TestClient } from '../../../test/support/test-service.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace/programmes';
const frame = {
  code: 'KUNKEDAI',
  family: 'KE_DAI_TONG',
  name: '昆科贷',
  source: '昆科规〔2022〕3号',
  amountMinFen: '10000000',
  amountMaxFen: '500000000',
  termMonthsMin: 1,
  termMonthsMax: 24,
  annualRateBpMin: 0,
  annualRateBpMax: 385,
  security: ['UNSECURED', 'GUARANTEE'],
  admission: { field: 'district', op: 'eq', value: '320583' },
};
const own = {
  name: '昆科贷（本行）',
  amountMinFen: '10000000',
  amountMaxFen: '300000000',
  termMonthsMin: 6,
  termMonthsMax: 12,
  annualRateBpMin: 345,
  annualRateBpMax: 385,
  security: ['UNSECURED'],
};

describe('a public programme', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());

  const put = (client: TestClient, path: string, payload: object) =>
    market.app.inject({
      method: 'PUT',
      url: path,
      headers: { authorization: `Bearer ${client.person!.token}`, 'idempotency-key': randomUUID() },
      payload,
    });

  it('is a template: a bank subscribes with its own terms inside the frame, once', async () => {
    const department = await market.as('regulator', { name: '昆山市科技局' });
    const { body } = await department.post(root, frame);
    expect(body).toMatchObject({ code: 'KUNKEDAI', owner: '昆山市科技局', version: 1, status: 'OPEN', subscribers: 0 });
    const bank = await market.bank();
    const path = `${root}/${body.id}/subscriptions`;
    const outside = await bank.post(path, { ...own, annualRateBpMax: 386, security: ['MORTGAGE'] });
    expect(outside.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/annualRateBpMax',
      '/security',
    ]);
    const product = await bank.post(path, own);
    expect(product.body).toMatchObject({ family: 'KE_DAI_TONG', programme: { code: 'KUNKEDAI', version: 1 } });
    expect((await bank.post(path, own)).body.code).toBe('MARKETPLACE.ALREADY_SUBSCRIBED');
    expect((await bank.get(`${root}/${body.id}`)).body.subscribers).toBe(1);
  });

  it('changes by versions; products keep what they signed up to until they are edited', async () => {
    const department = await market.as('operator');
    const { code, family, ...terms } = { ...frame, code: 'YUANKEDAI' };
    const { body } = await department.post(root, { ...terms, code, family });
    const bank = await market.bank();
    const product = (await bank.post(`${root}/${body.id}/subscriptions`, own)).body;
    expect((await put(department, `${root}/${body.id}`, { ...terms, termMonthsMax: 10 })).json().version).toBe(2);
    const productPath = `/api/marketplace/products/${product.id}`;
    expect((await bank.get(productPath)).body).toMatchObject({ termMonthsMax: 12, programme: { version: 1 } });
    expect((await put(bank, productPath, own)).json().errors[0].pointer).toBe('/termMonthsMax');
    const edited = await put(bank, productPath, { ...own, termMonthsMax: 10 });
    expect(edited.json()).toMatchObject({ family: 'KE_DAI_TONG', programme: { version: 2 } });
    await department.post(`${root}/${body.id}/closure`);
    expect((await (await market.bank()).post(`${root}/${body.id}/subscriptions`, own)).body.code).toBe(
      'MARKETPLACE.PROGRAMME_CLOSED',
    );
  });

  it('belongs to its department', async () => {
    const { body } = await (await market.as('regulator')).post(root, { ...frame, code: 'OTHER-ONE' });
    const stranger = await market.as('regulator');
    expect((await stranger.post(`${root}/${body.id}/closure`)).status).toBe(404);
    expect((await stranger.post(root, { ...frame, code: 'OTHER-ONE' })).body.code).toBe(
      'MARKETPLACE.PROGRAMME_CODE_TAKEN',
    );
    expect((await (await market.bank()).post(root, { ...frame, code: 'BY-BANK' })).status).toBe(403);
    const outsider = await market.bank({ memberships: ['CREDIT'] });
    expect((await outsider.post(`${root}/${body.id}/subscriptions`, own)).body.code).toBe('MARKETPLACE.NOT_A_MEMBER');
    expect((await (await market.enterprise()).post(`${root}/${body.id}/subscriptions`, own)).status).toBe(403);
  });
});
