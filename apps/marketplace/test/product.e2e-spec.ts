import { randomUUID } from 'node:crypto';

import { DataSource } from 'typeorm';

import type { TestClient } from '../../../test/support/test-service.js';
import { MatchingJob } from '../src/matching/matching.job.js';
import { Shelf } from '../src/matching/shelf.service.js';
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

describe('a product that changes', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());

  const admission = {
    all: [
      { field: 'tier', op: 'in', value: ['T3', 'T4', 'T5'] },
      { not: { field: 'titles', op: 'hasAny', value: ['失信被执行人'] } },
    ],
  };
  const put = (client: TestClient, path: string, payload: object) =>
    market.app.inject({
      method: 'PUT',
      url: path,
      headers: { authorization: `Bearer ${client.person!.token}`, 'idempotency-key': randomUUID() },
      payload,
    });

  it('waits as a draft for its own bank only, goes on the shelf and off again', async () => {
    const [bank, stranger] = await market.banks(2);
    const draft = await bank!.post(root, { ...product, draft: true, family: 'IP_PLEDGE', admission });
    expect(draft.body).toMatchObject({ status: 'DRAFT', family: 'IP_PLEDGE', version: 1, admission });
    const path = `${root}/${draft.body.id}`;
    expect((await stranger!.get(path)).status).toBe(404);
    expect((await stranger!.post(`${path}/publication`)).status).toBe(404);
    expect((await bank!.get(`${root}/drafts`)).body.items).toHaveLength(1);
    expect((await bank!.post(`${path}/publication`)).body).toMatchObject({ status: 'OFFERED', version: 2 });
    expect((await bank!.post(`${path}/publication`)).body.code).toBe('MARKETPLACE.PRODUCT_NOT_MOVABLE');
    expect((await stranger!.get(`${root}?family=IP_PLEDGE`)).body.items).toHaveLength(1);
    await bank!.post(`${path}/unpublication`);
    expect((await stranger!.get(`${root}?family=IP_PLEDGE`)).body.items).toEqual([]);
    expect((await bank!.get(`${path}/versions`)).body.items.map(({ status }: { status: string }) => status)).toEqual([
      'DRAFT',
      'OFFERED',
      'DRAFT',
    ]);
    expect((await market.as('regulator').then((one) => one.get(`${root}/drafts`))).status).toBe(403);
  });

  it('keeps every version as it was written, and plans one for a later day', async () => {
    const bank = await market.bank();
    const { body } = await bank.post(root, { ...product, fees: [{ kind: 'GUARANTEE', ofAmountBp: 100 }] });
    const path = `${root}/${body.id}`;
    const planned = await put(bank, path, { ...product, annualRateBpMax: 600, effectiveFrom: '2026-12-01' });
    expect(planned.json()).toMatchObject({ version: 1, annualRateBpMax: 480 });
    const past = await put(bank, path, { ...product, effectiveFrom: '2026-11-22' });
    expect(past.json().errors[0].pointer).toBe('/effectiveFrom');
    market.clock.set('2026-12-01T02:00:00Z');
    await market.app.get(MatchingJob).run();
    expect((await bank.get(path)).body).toMatchObject({ version: 2, annualRateBpMax: 600, fees: [] });
    const { items } = (await bank.get(`${path}/versions`)).body;
    expect(items).toMatchObject([
      { version: 2, effectiveFrom: '2026-11-30T16:00:00.000Z' },
      { version: 1, annualRateBpMax: 480, fees: [{ kind: 'GUARANTEE', ofAmountBp: 100, amountFen: null }] },
    ]);
    await expect(market.db.query(`update marketplace.product_version set version = 9`)).rejects.toThrow('append-only');
    market.clock.set('2026-11-23T02:00:00Z');
  });

  it('does not come back by a plan after it was taken off the shelf', async () => {
    const bank = await market.bank({ code: 'PLANNER' });
    const [gone, paused] = [(await bank.post(root, product)).body.id, (await bank.post(root, product)).body.id];
    for (const id of [gone, paused])
      await put(bank, `${root}/${id}`, { ...product, annualRateBpMax: 600, effectiveFrom: '2026-12-01' });
    await bank.post(`${root}/${gone}/withdrawal`);
    await bank.post(`${root}/${paused}/unpublication`);
    market.clock.set('2026-12-01T02:00:00Z');
    await market.app.get(MatchingJob).run();
    expect((await bank.get(`${root}?institution=PLANNER`)).body.items).toEqual([]);
    const shelf = await market.app.get(Shelf).at(market.app.get(DataSource).manager, market.clock.now());
    expect(shelf.filter(({ institutionCode }) => institutionCode === 'PLANNER')).toEqual([]);
    expect((await bank.get(`${root}/${paused}`)).body).toMatchObject({ status: 'DRAFT', annualRateBpMax: 600 });
    expect((await bank.post(`${root}/${paused}/publication`)).body).toMatchObject({ status: 'OFFERED' });
    market.clock.set('2026-11-23T02:00:00Z');
  });

  const wrong: [string, object, string][] = [
    ['an unknown field', { field: 'owner', op: 'eq', value: 'x' }, '/admission/field'],
    ['an operator that the field has not', { all: [{ field: 'tier', op: 'gte', value: 3 }] }, '/admission/all/0/op'],
    ['a value out of the list', { not: { field: 'tier', op: 'in', value: ['T9'] } }, '/admission/not/value'],
    ['money that is a number', { field: 'amountFen', op: 'gte', value: 5 }, '/admission/value'],
    ['two shapes in one', { all: [], any: [] }, '/admission'],
    ['an empty list', { any: [] }, '/admission/any'],
    ['a stray word', { field: 'tier', op: 'eq', value: 'T1', else: 1 }, '/admission'],
  ];
  it.each(wrong)('refuses a rule with %s, and says where', async (_, rule, pointer) => {
    const answer = await (await market.bank()).post(root, { ...product, admission: rule });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('refuses a fee that is both a share and an amount', async () => {
    const answer = await (
      await market.bank()
    ).post(root, { ...product, fees: [{ kind: 'OTHER', ofAmountBp: 1, amountFen: '1' }] });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/fees/0']);
  });
});
