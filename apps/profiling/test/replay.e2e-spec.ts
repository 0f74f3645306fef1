import type { Uscc } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
import { aCode, enterprises, type Firms, startFirms } from './firms.js';

describe('an older score', () => {
  let firms: Firms;
  let uscc: Uscc;
  let operator: TestClient;
  beforeAll(async () => {
    firms = await startFirms();
    uscc = await firms.firm();
    await firms.score();
    for (const rd_staff of [3, 7, 20]) {
      firms.service.clock.advance(3_600_000);
      await firms.deliver(uscc, 'tech.staff', { rd_staff }, { version: 1 + rd_staff });
      await firms.score();
    }
    operator = await firms.service.as('operator');
  });
  afterAll(() => firms.service.stop());

  const history = async (who: TestClient, query = '') => who.get(`${enterprises}/${uscc}/scores${query}`);
  const replay = (scoreId: string, of: Uscc = uscc) => operator.post(`${enterprises}/${of}/replays`, { scoreId });

  it('is listed, newest first, page by page', async () => {
    const first = (await history(operator, '?limit=3')).body;
    const rest = (await history(operator, `?limit=3&cursor=${first.nextCursor}`)).body;
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([3, 1, null]);
    const times = [...first.items, ...rest.items].map(({ scoredAt }: { scoredAt: string }) => scoredAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect((await history(operator, '?cursor=bm9wZQ')).status).toBe(422);
  });

  it('comes out of its inputs to the bit, whatever became of the records', async () => {
    const { items } = (await history(operator)).body;
    expect(new Set(items.map(({ outputHash }: { outputHash: string }) => outputHash)).size).toBe(4);
    await firms.service.db.query(`update ingestion.record set fields = '{}' where uscc = $1`, [uscc]);
    for (const { id, score, outputHash } of items) {
      const { status, body } = await replay(id);
      expect(status).toBe(200);
      expect(body).toMatchObject({ same: true, score, storedHash: outputHash, replayedHash: outputHash });
    }
  });

  it('is told from one that was tampered with', async () => {
    const { items } = (await history(operator)).body;
    await firms.service.db.query(
      `update profiling.score set inputs = jsonb_set(inputs, '{indicators,0,value}', '999') where id = $1`,
      [items[0].id],
    );
    expect((await replay(items[0].id)).body.same).toBe(false);
    expect((await replay(items[1].id)).body.same).toBe(true);
  });

  it('is replayed by operators only, of the enterprise that it belongs to, and on the record', async () => {
    const own = await firms.service.as('enterprise', { uscc });
    const other = await firms.service.as('enterprise', { uscc: aCode() });
    const bank = await firms.service.as('account-manager');
    const [{ id }] = (await history(own)).body.items;
    expect((await history(other)).status).toBe(404);
    expect((await history(bank)).status).toBe(403);
    expect((await own.post(`${enterprises}/${uscc}/replays`, { scoreId: id })).status).toBe(403);
    expect((await replay(id, aCode())).status).toBe(404);
    expect((await replay('no-id')).status).toBe(422);
    const acts = await firms.service.db.query<{ act: string }>(
      'select distinct act from profiling.read_log order by act',
    );
    expect(acts.map(({ act }) => act)).toEqual(['SCORE_HISTORY', 'SCORE_REPLAY']);
  });
});
