import { randomUUID } from 'node:crypto';

import { recordsChanged } from '@app/contracts';
import type { Uscc } from '@app/kernel';
import { DataSource } from 'typeorm';

import { MarkDirtyConsumer } from '../src/scoring/mark-dirty.consumer.js';
import { ScoringService } from '../src/scoring/scoring.service.js';
import { aCode, enterprises, type Firms, startFirms } from './firms.js';

interface Row {
  name: string;
  tier: string | null;
  titles: string[];
  score: number;
  score_band: string;
  status: string;
}

describe('scoring', () => {
  let firms: Firms;
  let db: Firms['service']['db'];
  let source: DataSource;
  beforeAll(async () => {
    firms = await startFirms();
    ({ db } = firms.service);
    source = firms.service.app.get(DataSource);
  });
  afterAll(() => firms.service.stop());

  const published = async (uscc: Uscc): Promise<Row | undefined> =>
    (await db.query<Row>('select * from profiling_api.enterprise_v1 where uscc = $1', [uscc]))[0];
  const scoresOf = async (uscc: Uscc) => db.query('select * from profiling.score where uscc = $1', [uscc]);
  /** Wherever they are on their way; for a moment an event is in the outbox and on the bus. */
  const eventsOf = async (uscc: Uscc): Promise<{ data: Record<string, unknown> }[]> =>
    db.query(
      `select event_id::text as id, data from profiling.outbox where key = $1
       union select event ->> 'id', event -> 'data' from bus.message where key = $1 and topic like 'profiling.%'
       order by id`,
      [uscc],
    );
  const handle = async (...usccs: Uscc[]) =>
    source.transaction((tx) =>
      firms.service.app.get(MarkDirtyConsumer).handle(
        usccs.map((uscc) => ({
          id: randomUUID(),
          topic: recordsChanged.topic,
          key: uscc,
          at: '2026-11-23T02:00:00Z',
          correlationId: 'test',
          data: { uscc, feed: 'tech.staff', batchId: randomUUID(), records: 1 },
        })),
        tx,
      ),
    );
  const dirty = async () => (await db.query('select uscc from profiling.dirty order by uscc')).length;

  it('makes one profile of any number of nudges', async () => {
    const uscc = await firms.firm();
    await handle(uscc, uscc);
    await handle(uscc);
    expect(await dirty()).toBe(1);
    expect(await firms.score()).toBe(1);
    expect(await published(uscc)).toMatchObject({
      name: '苏州光能试验有限公司',
      district: '320583',
      industry: 'C3911',
      industry2: '39',
      tier: 'T3',
      titles: ['高新技术企业'],
      status: '存续',
      score: expect.any(Number) as number,
      score_band: expect.stringMatching(/^[A-E]$/) as string,
      model_version: '2026a',
    });
  });

  it('leaves everything as it is when the same facts come again', async () => {
    const uscc = await firms.firm();
    await firms.score();
    const [first, events] = [await published(uscc), (await eventsOf(uscc)).length];
    firms.service.clock.advance(60_000);
    await firms.mark(uscc);
    await firms.score();
    expect(await published(uscc)).toEqual(first);
    expect((await eventsOf(uscc)).length).toBe(events);
    expect(await scoresOf(uscc)).toHaveLength(1);
  });

  it('tells the others once when something visible changed, and keeps the older score', async () => {
    const uscc = await firms.firm();
    await firms.score();
    const before = await published(uscc);
    await firms.deliver(uscc, 'tech.staff', { rd_staff: 2 }, { version: 2 });
    await firms.score();
    expect((await published(uscc))!.score).toBeLessThan(before!.score);
    expect(await scoresOf(uscc)).toHaveLength(2);
    const events = await eventsOf(uscc);
    expect(events).toHaveLength(2);
    expect(events.at(-1)?.data).toMatchObject({ uscc, tier: 'T3', industry2: '39', withdrawn: false });
  });

  it('waits with an enterprise until the registry knows it', async () => {
    const uscc = aCode();
    await firms.deliver(uscc, 'tech.staff');
    await firms.score();
    expect(await published(uscc)).toBeUndefined();
    await firms.deliver(uscc, 'registry.enterprise');
    await firms.score();
    expect(await published(uscc)).toBeDefined();
  });

  it('hides what the registry takes back, and shows it again when it returns', async () => {
    const uscc = await firms.firm({ name: '昆山回收试验有限公司' });
    await firms.score();
    const withdrawn = (value: boolean) =>
      db.query(`update ingestion.record_head set withdrawn = $2 where record_key = $1`, [
        `registry.enterprise-${uscc}`,
        value,
      ]);
    const operator = await firms.service.as('operator');
    const found = async () =>
      (await operator.get(`${enterprises}?q=${encodeURIComponent('回收试验')}`)).body.items.length;
    expect(await found()).toBe(1);

    await withdrawn(true);
    await firms.mark(uscc);
    await firms.score();
    expect([await published(uscc), await found()]).toEqual([undefined, 0]);
    expect((await operator.get(`${enterprises}/${uscc}`)).status).toBe(404);
    expect((await eventsOf(uscc)).at(-1)?.data).toMatchObject({ withdrawn: true });

    await withdrawn(false);
    await firms.mark(uscc);
    await firms.score();
    expect([(await published(uscc))?.tier, await found()]).toEqual(['T3', 1]);
  });

  it('moves an enterprise down the day after its title ended, without any record changing', async () => {
    const uscc = await firms.firm();
    await firms.score();
    firms.service.clock.set('2026-11-30T15:59:00Z'); // 23:59 of the last day
    await firms.score();
    expect((await published(uscc))?.tier).toBe('T3');
    firms.service.clock.set('2026-11-30T16:00:00Z');
    await firms.score();
    expect(await published(uscc)).toMatchObject({ tier: null, titles: [] });
    firms.service.clock.set('2026-11-23T02:00:00Z');
  });

  describe('under races', () => {
    it('loses no change that arrives while the enterprise is being scored', async () => {
      const uscc = await firms.firm();
      await firms.score();
      await firms.mark(uscc);
      const runner = source.createQueryRunner();
      await runner.startTransaction();
      // A round has taken the mark and read the records, but not committed yet.
      await runner.query('delete from dirty where uscc = $1', [uscc]);
      await runner.query('select 1 from ingestion_api.record_v1 where uscc = $1', [uscc]);
      await firms.service.db.query(
        `update ingestion.record set fields = fields || '{"rd_staff": 4}' where uscc = $1 and record_key = $2`,
        [uscc, `tech.staff-${uscc}`],
      );
      const marked = handle(uscc);
      const waits = `select from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into dirty%'`;
      while ((await db.query(waits)).length === 0);
      await runner.commitTransaction();
      await runner.release();
      await marked;
      expect(await dirty()).toBe(1);
      await firms.score();
      const [row] = await db.query<{ profile: { ruleSets: { points: { staff: number } }[] } }>(
        'select profile from profiling.enterprise where uscc = $1',
        [uscc],
      );
      expect(row?.profile.ruleSets[0]?.points.staff).toBe(4);
    });

    it('shares the marks among copies, each enterprise with one of them', async () => {
      const usccs = [];
      for (let count = 0; count < 12; count += 1) usccs.push(await firms.firm());
      const scoring = firms.service.app.get(ScoringService);
      const rounds = await Promise.all(Array.from({ length: 4 }, () => scoring.round(5)));
      await firms.score();
      expect(rounds.reduce((sum, { taken }) => sum + taken, 0)).toBeLessThanOrEqual(12);
      for (const uscc of usccs) {
        expect(await scoresOf(uscc)).toHaveLength(1);
        expect(await eventsOf(uscc)).toHaveLength(1);
      }
    });

    it('keeps all marks when a round fails', async () => {
      const uscc = await firms.firm();
      await db.query('revoke select on ingestion_api.record_v1 from profiling');
      await expect(firms.score()).rejects.toThrow('permission denied');
      await db.query('grant select on ingestion_api.record_v1 to profiling');
      expect(await dirty()).toBe(1);
      await firms.score();
      expect(await published(uscc)).toBeDefined();
    });
  });
});
