import type { TestClient } from '../../../test/support/test-service.js';
import { SearchUpkeepJob } from '../src/search/search-upkeep.job.js';
import { aCode, enterprises, type Firms, startFirms } from './firms.js';

const state = '/api/profiling/search-index';

describe('the search index, as operators keep it', () => {
  let firms: Firms;
  let operator: TestClient;
  const code = aCode();
  beforeAll(async () => {
    firms = await startFirms();
    await firms.service.app.get(SearchUpkeepJob).pause();
    operator = await firms.service.as('operator');
    await firms.deliver(code, 'registry.enterprise', { name: '苏州重建试验有限公司' });
    await firms.score();
    await upkeep();
  });
  afterAll(() => firms.service.stop());

  const upkeep = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) await firms.service.app.get(SearchUpkeepJob).run();
  };
  const find = async (q: string): Promise<string[]> =>
    (await operator.get(`${enterprises}?q=${encodeURIComponent(q)}`)).body.items.map(
      ({ uscc }: { uscc: string }) => uscc,
    );

  it('names the engine that answers', async () => {
    const { headers } = await operator.get(`${enterprises}?q=x`);
    expect(headers['x-search-served-by']).toBe('postgresql');
  });

  it('is made anew from the enterprises: what is missing comes back, what is too much goes', async () => {
    await firms.service.db.query(`update profiling.search_document set id = 'GHOST' where id = $1`, [code]);
    expect(await find('重建')).toEqual(['GHOST']);
    const { status, body } = await operator.post(`${state}/rebuilds`, { reason: '试验' });
    expect([status, body.builds]).toMatchObject([202, [{ target: 'documents', state: 'RUNNING', reason: '试验' }]]);
    const again = await operator.post(`${state}/rebuilds`, { reason: '再来一次' });
    expect(again.body.builds[0].id).toBe(body.builds[0].id);
    await upkeep();
    expect(await find('重建')).toEqual([code]);
    const { body: after } = await operator.get(state);
    expect(after).toMatchObject({ documents: 1, pending: 0 });
    expect(after.builds[0]).toMatchObject({ state: 'DONE', documents: 1, by: operator.person?.personId });
  });

  it('mends itself when documents and enterprises do not count alike', async () => {
    await firms.service.db.query('delete from profiling.search_document');
    firms.service.app.get(SearchUpkeepJob).lookSoon();
    await upkeep();
    expect(await find('重建')).toEqual([code]);
  });

  it('keeps a log of what was done, page by page', async () => {
    const one = (await operator.get(`${state}/log?limit=2`)).body;
    expect(one.items.map(({ act }: { act: string }) => act)).toEqual(['BUILD_DONE', 'BUILD_STARTED']);
    const two = (await operator.get(`${state}/log?limit=2&cursor=${one.nextCursor}`)).body;
    expect(two.items[0]).toMatchObject({ act: 'BUILD_DONE', engine: 'documents', by: operator.person?.personId });
  });

  it('is for operators', async () => {
    const bank = await firms.service.as('account-manager');
    for (const path of [state, `${state}/log`]) expect((await bank.get(path)).status).toBe(403);
    expect((await bank.post(`${state}/rebuilds`, { reason: '试验' })).status).toBe(403);
    expect((await operator.post(`${state}/rebuilds`, {})).status).toBe(422);
  });
});
