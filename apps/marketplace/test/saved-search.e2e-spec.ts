import { randomUUID } from 'node:crypto';

import { drain } from '@app/messaging';

import type { TestClient } from '../../../test/support/test-service.js';
import { SearchDigestJob } from '../src/search/search-digest.job.js';
import { SearchWindowJob } from '../src/search/search-window.job.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace/searches';

describe('saved searches', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  beforeEach(() => market.db.query('delete from marketplace.saved_search'));
  afterAll(() => market.stop());

  const alerts = async (person: TestClient, topic = 'hit') =>
    (
      await market.db.query<{ data: Record<string, unknown> }>(
        `select event->'data' as data from bus.message where event->>'topic' = $1 and event->>'key' = $2 order by position`,
        [`marketplace.search.${topic === 'hit' ? 'hit' : 'digested'}.v1`, person.person!.personId],
      )
    ).map(({ data }) => data);

  it('tells its person of a fitting need once, masked, whatever it is found by', async () => {
    const [bank, other] = await market.banks(2);
    const saved = await bank!.post(root, { name: '昆山信用', districts: ['320583'], securities: ['UNSECURED'] });
    expect(saved.status).toBe(201);
    await bank!.post(root, { name: '研发', purposeWords: ['研发'] });
    await other!.post(root, { name: '抵押', securities: ['MORTGAGE'] });
    const need = await market.need({ amountFen: '432100000' });
    await drain();
    const [alert, ...more] = await alerts(bank!);
    expect(more).toEqual([]);
    expect(alert).toMatchObject({ needId: need.id, amountBand: '300-500', tier: 'T3', searchName: '昆山信用' });
    const text = JSON.stringify(alert);
    for (const secret of ['432100000', need.enterprise.uscc, need.enterprise.name]) expect(text).not.toContain(secret);
    expect(await alerts(other!)).toEqual([]);
    const hits = await bank!.get(`${root}/${saved.body.id}/hits`);
    expect(hits.body.items).toMatchObject([{ needId: need.id, purpose: '研发投入' }]);
    await market.revoke(need.enterprise.uscc);
    expect((await bank!.get(`${root}/${saved.body.id}/hits`)).body.items).toEqual([]);
  });

  it('looks for leads that a product of a family suits', async () => {
    const bank = await market.bank();
    await bank.post('/api/marketplace/products', {
      name: '信用贷',
      family: 'UNSECURED',
      amountMinFen: '10000000',
      amountMaxFen: '1000000000',
      termMonthsMin: 1,
      termMonthsMax: 36,
      annualRateBpMin: 345,
      annualRateBpMax: 480,
      security: ['UNSECURED'],
    });
    await bank.post(root, { name: '可做信用', families: ['UNSECURED'] });
    const fits = await market.need();
    await market.need({ security: 'MORTGAGE' });
    await drain();
    expect((await alerts(bank)).map(({ needId }) => needId)).toEqual([fits.id]);
  });

  it('tells nobody whom the consent does not name, who has left, or who is no member any more', async () => {
    const [named, unnamed, left, outside] = await market.banks(4);
    for (const person of [named, unnamed, left, outside]) await person!.post(root, { name: '全部' });
    await market.db.query(`update identity.person set status = 'SUSPENDED' where id = $1`, [left!.person!.personId]);
    await market.db.query(`update identity.organisation set memberships = '{CREDIT}' where id = $1`, [
      outside!.person!.organisationId,
    ]);
    const codes = [named, left, outside].map((one) => one!.person!.organisationCode);
    await market.need({}, await market.enterprise({ institutions: codes }));
    await drain();
    expect(await Promise.all([named, unnamed, left, outside].map(async (one) => (await alerts(one!)).length))).toEqual([
      1, 0, 0, 0,
    ]);
  });

  it('tells others of a directed need only when the window of its bank is over', async () => {
    const [named, other] = await market.banks(2);
    await named!.post(root, { name: '全部' });
    await other!.post(root, { name: '全部' });
    const need = await market.need({ directedTo: named!.person!.organisationCode });
    await drain();
    expect([(await alerts(named!)).length, (await alerts(other!)).length]).toEqual([1, 0]);
    const job = market.app.get(SearchWindowJob);
    await job.run();
    market.clock.advance(2 * 86_400_000);
    await Promise.all([job.run(), job.run()]);
    await drain();
    expect([(await alerts(named!)).length, (await alerts(other!)).map(({ needId }) => needId)]).toEqual([1, [need.id]]);
    market.clock.set('2026-11-23T02:00:00Z');
  });

  it('gathers for a digest a day, and what is beyond the day’s alerts goes there too', async () => {
    const [daily, eager] = await market.banks(2);
    await daily!.post(root, { name: '每日', delivery: 'DAILY' });
    await eager!.post(root, { name: '即时' });
    await market.limit('maxSearchAlertsPerDay', 1);
    const needs = [await market.need(), await market.need(), await market.need()];
    await drain();
    expect(await alerts(daily!)).toEqual([]);
    expect(await alerts(eager!)).toHaveLength(1);
    await needs[0]!.enterprise.post(`/api/marketplace/needs/${needs[0]!.id}/withdrawal`);
    const job = market.app.get(SearchDigestJob);
    await Promise.all([job.run(), job.run()]);
    await job.run();
    await drain();
    const [digest, ...more] = await alerts(daily!, 'digest');
    expect(more).toEqual([]);
    expect(digest).toMatchObject({ day: '2026-11-23', count: 2, needIds: [needs[2]!.id, needs[1]!.id] });
    expect(await alerts(eager!, 'digest')).toHaveLength(1);
    await market.limit('maxSearchAlertsPerDay', 50);
  });

  it('is one’s own, and limited in number', async () => {
    const bank = await market.bank();
    const { body } = await bank.post(root, { name: '我的' });
    const colleague = await market.as('account-manager', { colleagueOf: bank.person! });
    expect((await colleague.get(`${root}/${body.id}/hits`)).status).toBe(404);
    expect((await colleague.delete(`${root}/${body.id}`)).status).toBe(404);
    expect((await (await market.enterprise()).post(root, { name: 'x' })).status).toBe(403);
    const outsider = await market.bank({ memberships: ['CREDIT'] });
    expect((await outsider.post(root, { name: 'x' })).body.code).toBe('MARKETPLACE.NOT_A_MEMBER');
    await market.limit('maxSearchesPerPerson', 2);
    const tries = await Promise.all(['a', 'b', 'c'].map((name) => bank.post(root, { name })));
    expect(tries.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
    const edited = await market.app.inject({
      method: 'PUT',
      url: `${root}/${body.id}`,
      headers: { authorization: `Bearer ${bank.person!.token}`, 'idempotency-key': randomUUID() },
      payload: { name: '改名', tiers: ['T3'], delivery: 'DAILY' },
    });
    expect(edited.json()).toMatchObject({ name: '改名', tiers: ['T3'], delivery: 'DAILY' });
    expect((await bank.delete(`${root}/${body.id}`)).status).toBe(200);
    expect((await bank.get(root)).body.items).toHaveLength(1);
    for (const wrong of [{ tiers: ['T9'] }, { districts: ['1'] }, { purposeWords: [''] }, { families: ['GOLD'] }])
      expect((await bank.post(root, { name: 'x', ...wrong })).status).toBe(422);
  });
});
