import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeUscc } from '@app/kernel';

import { PullJob } from '../src/pull/pull.job.js';
import { FaultySource, type SourceRow } from './faulty-source.js';
import { type Ingestion, startIngestion } from './ingest.js';

const feed = 'tech.staff';
const http = (more: string) => `
kind: HTTP
path: /rows/{feed}
schedule: { at: ['02:30'] }
pageRows: 4
timeoutSeconds: 1
triesMax: 4
${more}`;

const rowsOf = (count: number, firstDay = 1): SourceRow[] =>
  Array.from({ length: count }, (_, at) => {
    const day = `2026-11-${String(firstDay + Math.floor(at / 4)).padStart(2, '0')}`;
    const dates = { event_date: day, report_date: day };
    const key = { record_key: `P-${at + 1}`, uscc: makeUscc('320505', at) };
    return { number: at + 1, day, item: { ...key, ...dates, op: 'I', year: '2025', staff: String(at), rd_staff: '1' } };
  });

/** Three sources of one kind, each with its own way of asking who comes. */
describe('a source that is asked by HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-connectors-'));
  const source = new FaultySource();
  let city: Ingestion;

  const declare = (text: string) =>
    writeFileSync(join(folder, 'a.yaml'), `connector: city-hall\nfeeds: [${feed}]\n${text}`);

  async function begin(declaration: string, settings: Record<string, string> = {}): Promise<void> {
    declare(declaration);
    Object.assign(source, { faults: [], openDays: new Set(), absentDays: new Set(), skewMs: 0, proof: () => true });
    source.asked.length = 0;
    city = await startIngestion({ CONNECTORS_DIR: folder, CITY_HALL_URL: source.url, ...settings });
    source.now = () => city.clock.now().getTime();
  }

  beforeAll(() => source.open());
  afterEach(() => city.stop());
  afterAll(async () => {
    await source.close();
    delete process.env['CONNECTORS_DIR'];
    rmSync(folder, { recursive: true });
  });

  const pull = async () => {
    await city.app.get(PullJob).run(feed);
    await city.settle();
  };
  const live = async () =>
    (
      await city.db.query<{ record_key: string }>(
        `select record_key from ingestion_api.record_v1 where feed = $1 order by length(record_key), record_key`,
        [feed],
      )
    ).map(({ record_key }) => record_key);
  const keys = (rows: SourceRow[]) => rows.map(({ item }) => item['record_key']);
  const gaps = () =>
    city.db.query(`select kind, starts, ends, state from ingestion.source_gap order by state desc, starts, id`);
  const visit = async () =>
    (
      await city.db.query<{ failures: number; problem: string | null; due_at: Date }>(
        'select failures, problem, due_at from ingestion.connector_visit',
      )
    )[0]!;

  describe('with a key', () => {
    beforeEach(() => begin(http('url: { setting: CITY_HALL_URL }\nproof: { kind: NONE }\ngaps: { by: SEQUENCE }')));

    it('gives everything, once, whatever stands in the way of its pages', async () => {
      source.rows = rowsOf(14);
      source.faults = [
        { status: 429, retryAfter: '0' },
        undefined,
        { status: 500 },
        'CUT',
        'SILENT',
        undefined,
        'REPEATED',
        'OTHER_FEED',
        'NO_PAGE',
      ];
      await pull();
      expect(await live()).toEqual(keys(source.rows));
      expect(source.faults).toEqual([]);
      const [sum] = await city.db.query(
        'select sum(read)::int as read, sum(accepted)::int as accepted, count(*)::int as batches from ingestion.batch',
      );
      expect(sum).toEqual({ read: 14, accepted: 14, batches: 4 });
      expect(await gaps()).toEqual([]);
      const before = source.asked.length;
      await pull();
      expect(source.asked.length).toBe(before + 1);
      expect((await city.db.query<{ n: number }>('select count(*)::int as n from ingestion.batch'))[0]!.n).toBe(4);
    });

    it('is left alone for as long as it wants, and asked again then', async () => {
      source.rows = rowsOf(2);
      source.faults = [{ status: 503, retryAfter: '600' }];
      await expect(city.app.get(PullJob).run(feed)).rejects.toMatchObject({ code: 'INGESTION.PULL_FAILED' });
      expect(await visit()).toMatchObject({ failures: 1, due_at: new Date('2026-11-23T02:10:00Z') });
      const job = city.app.get(PullJob);
      city.clock.set('2026-11-23T02:09:00Z');
      await job.look();
      await job.settle();
      expect(source.asked).toHaveLength(1);
      city.clock.set('2026-11-23T02:10:00Z');
      await job.look();
      await job.settle();
      await city.settle();
      expect(await live()).toEqual(keys(source.rows));
      // And then at its time of the day: half past two in Suzhou.
      expect(await visit()).toMatchObject({ failures: 0, problem: null, due_at: new Date('2026-11-23T18:30:00Z') });
    });

    it('is told what it left out, and asked for it until it comes', async () => {
      source.rows = rowsOf(12);
      source.faults = [undefined, 'SKIPS'];
      await pull();
      expect(await live()).toEqual(keys(source.rows).filter((key) => !['P-5', 'P-6'].includes(key!)));
      expect(await gaps()).toEqual([{ kind: 'SEQUENCE', starts: '5', ends: '6', state: 'OPEN' }]);
      // It has one of the two now.
      const all = source.rows;
      source.rows = all.filter(({ number }) => number !== 6);
      await pull();
      expect(await gaps()).toEqual([
        { kind: 'SEQUENCE', starts: '6', ends: '6', state: 'OPEN' },
        { kind: 'SEQUENCE', starts: '5', ends: '6', state: 'FILLED' },
      ]);
      source.rows = all;
      await pull();
      expect((await gaps()).filter((gap) => (gap as { state: string }).state === 'OPEN')).toEqual([]);
      expect(await live()).toEqual(keys(all));
    });

    it('that has nothing left to say to us is told as a failure, with what it answers and no address', async () => {
      source.faults = [{ status: 403 }];
      await expect(city.app.get(PullJob).run(feed)).rejects.toThrow('it answers 403');
      expect(source.asked).toHaveLength(1);
      const { problem } = await visit();
      expect(problem).toBe('the source gave no page: it answers 403');
    });
  });

  it('by days: a day that is not there or not closed is told, the next ones are read, and it is asked again', async () => {
    await begin(http(`url: { setting: CITY_HALL_URL }\nproof: { kind: NONE }\ngaps: { by: DAY, since: '2026-11-18' }`));
    source.rows = rowsOf(20, 18);
    source.absentDays.add('2026-11-19');
    source.openDays.add('2026-11-21');
    const of = (...days: string[]) => keys(source.rows.filter(({ day }) => days.includes(day)));
    const open = source.rows;
    source.rows = open.filter(({ number }) => number !== 16);
    await pull();
    expect(await live()).toEqual(of('2026-11-18', '2026-11-20', '2026-11-21', '2026-11-22'));
    expect(await gaps()).toEqual([
      { kind: 'DAY', starts: '2026-11-19', ends: '2026-11-19', state: 'OPEN' },
      { kind: 'DAY', starts: '2026-11-21', ends: '2026-11-21', state: 'OPEN' },
    ]);
    source.absentDays.clear();
    source.openDays.clear();
    source.rows = open;
    await pull();
    expect(await live()).toEqual(keys(open));
    expect((await gaps()).map((gap) => (gap as { state: string }).state)).toEqual(['FILLED', 'FILLED']);
    expect(await city.db.query('select cursor from ingestion.pull_cursor')).toEqual([{ cursor: '2026-11-22' }]);
  });

  it('with client credentials: one token for many pages, a new one when it is about to end or is refused', async () => {
    writeFileSync(join(folder, 'secret'), 's:e/c ret\n');
    const proof = `url: { setting: CITY_HALL_URL }
proof: { kind: OAUTH2, tokenUrl: { setting: CITY_HALL_TOKENS }, clientId: { setting: CITY_HALL_CLIENT }, clientSecret: { file: ${join(folder, 'secret')} }, scope: rows }`;
    await begin(http(proof), { CITY_HALL_TOKENS: `${source.url}/token`, CITY_HALL_CLIENT: 'xin qiao' });
    Object.assign(source.tokens, { basic: 'xin%20qiao:s%3Ae%2Fc%20ret', given: 0 });
    source.proof = source.hasToken;
    source.rows = rowsOf(14);
    source.faults = [undefined, undefined, 'TOKEN_ENDS'];
    await pull();
    expect(await live()).toEqual(keys(source.rows));
    expect(source.tokens.given).toBe(2);
    await pull();
    expect(source.tokens.given).toBe(2);
    // A secret that was renewed beside us is taken up; a wrong one is told as such.
    writeFileSync(join(folder, 'secret'), 'wrong');
    source.tokens.valid.clear();
    await expect(city.app.get(PullJob).run(feed)).rejects.toThrow('it does not know our client');
    expect((await visit()).problem).not.toContain('wrong');
  });

  it('with signed requests, though its clock is seven minutes ahead', async () => {
    const proof = `url: { setting: CITY_HALL_URL }
proof: { kind: HMAC, keyId: { setting: CITY_HALL_KEY_ID }, secret: { setting: CITY_HALL_SECRET } }`;
    await begin(http(proof), { CITY_HALL_KEY_ID: 'k1', CITY_HALL_SECRET: 'shared' });
    source.proof = source.signedWith('shared');
    source.skewMs = 420_000;
    source.rows = rowsOf(10);
    await pull();
    expect(await live()).toEqual(keys(source.rows));
    // One refusal taught us the time; the pages after it came at once.
    expect(source.asked).toHaveLength(4);
    source.proof = source.signedWith('another');
    await expect(city.app.get(PullJob).run(feed)).rejects.toThrow('it answers 401');
  });

  it('does not start with a declaration that is none: a table without its key, a secret in the file', async () => {
    await begin(http('url: { setting: CITY_HALL_URL }\nproof: { kind: NONE }'));
    for (const broken of [
      'proof: { kind: BEARER, key: abc123 }',
      'proof: { kind: BEARER }',
      'proof: { kind: NONE }\nspeed: 3',
    ]) {
      declare(http(`url: { setting: CITY_HALL_URL }\n${broken}`));
      await expect(startIngestion({ CONNECTORS_DIR: folder })).rejects.toThrow('a.yaml is no connector');
    }
  });
});
