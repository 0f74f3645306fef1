import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeUscc } from '@app/kernel';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { stringify } from 'yaml';

import { columnsOf, feedNames } from '../../../infra/demo-city/src/feed-columns.js';
import { BatchJob } from '../src/apply/batch.job.js';
import type { Contract } from '../src/contract/contract.rules.js';
import { aContract } from './a-contract.js';
import { type Ingestion, startIngestion } from './ingest.js';

const code = makeUscc('320505', 1);
const header = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,书名,类别,押金(元)';
const row = (key: string, kind = '科技') => `${key},${code},2026-03-01,2026-03-02,I,书,${kind},1.00`;

describe('the contracts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-contracts-'));
  cpSync('infra/contracts', folder, { recursive: true });
  const write = (wish: Partial<Contract>, file = 'town.library.yaml') =>
    writeFileSync(join(folder, file), stringify(aContract(wish)));
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion({ CONTRACTS_DIR: folder });
  });
  afterAll(async () => {
    await city.stop();
    delete process.env.CONTRACTS_DIR;
    rmSync(folder, { recursive: true, force: true });
  });
  const reload = () => city.operator.post('/api/ingestion/contracts/reloads');

  it('are of 72 sources, each with a feed, and anybody may know what is collected and by their schema how', async () => {
    const { items } = (await city.anyone.get('/api/ingestion/sources')).body as {
      items: { code: string; feeds: { feed: string; basis: string; allowedUse: string }[] }[];
    };
    expect(items).toHaveLength(72);
    expect(items.filter(({ feeds }) => feeds.length === 0)).toEqual([]);
    const schema = (await city.anyone.get('/api/ingestion/contracts/schema')).body as object;
    const isContract = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    const contracts = (await city.operator.get('/api/ingestion/contracts')).body as { items: { text: unknown }[] };
    expect(contracts.items.length).toBeGreaterThan(90);
    for (const { text } of contracts.items) expect(isContract(text)).toBe(true);
    expect(isContract({ ...aContract(), columns: [{ header: '宗教信仰', name: 'x', type: 'text' }] })).toBe(false);
    expect((await city.anyone.get('/api/ingestion/contracts')).status).toBe(401);
  });

  it('are seen by their sources alone', async () => {
    const tax = await city.as('source', { code: 'TAX' });
    expect((await tax.get('/api/ingestion/contracts/tax.vat-return')).body).toMatchObject({
      version: '1',
      recordType: 'AUTHORISED_DETAIL',
    });
    expect((await tax.get('/api/ingestion/contracts/tech.staff')).status).toBe(403);
    expect((await tax.get('/api/ingestion/contracts/tech.staff/versions')).status).toBe(403);
    expect((await tax.get('/api/ingestion/contracts/no.such')).status).toBe(404);
    expect((await tax.post('/api/ingestion/contracts/reloads')).status).toBe(403);
  });

  it('come page by page like the feeds, each once', async () => {
    for (const path of ['contracts', 'feeds']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const answer = await city.operator.get(`/api/ingestion/${path}?limit=40${cursor && `&cursor=${cursor}`}`);
        const page = answer.body as { items: { feed: string }[]; nextCursor: string | null };
        expect(page.items.length).toBeLessThanOrEqual(40);
        seen.push(...page.items.map(({ feed }) => feed));
        cursor = page.nextCursor ?? '';
      } while (cursor !== '');
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThan(90);
      expect(seen).toEqual(seen.toSorted((a, b) => (a < b ? -1 : 1)));
    }
    expect((await city.operator.get('/api/ingestion/feeds?limit=101')).status).toBe(422);
    const promised = (await city.operator.get('/api/ingestion/feeds?source=TOBACCO')).body as { items: object[] };
    expect(promised.items).toMatchObject([{ feed: 'tobacco.licence', state: 'PROMISED', batches: 0, fresh: false }]);
  });

  it('grow by a file: a new feed takes deliveries without a new start, and a batch says what it came under', async () => {
    expect((await city.post('town.library', `${header}\n${row('L-1')}`)).status).toBe(404);
    write({});
    expect((await reload()).body).toMatchObject({ reloaded: true });
    expect((await reload()).body).toMatchObject({ reloaded: false });
    expect(await city.deliver('town.library', `${header}\n${row('L-1')}`)).toMatchObject({
      status: 'DONE',
      accepted: 1,
      contractVersion: '1',
    });
  });

  it('go on with what is additive: files of before stay valid', async () => {
    const columns = [
      ...aContract().columns,
      { header: '备注', name: 'remark', type: 'text' as const, mayBeAbsent: true },
    ];
    write({ columns });
    expect((await reload()).body).toMatchObject({ reloaded: true });
    expect(await city.deliver('town.library', `${header}\n${row('L-1')}`)).toMatchObject({ unchanged: 1 });
    expect(await city.deliver('town.library', `${header},备注\n${row('L-2')},好`)).toMatchObject({ accepted: 1 });
    const json = JSON.stringify({
      record_key: 'L-1',
      uscc: code,
      event_date: '2026-03-01',
      report_date: '2026-03-02',
      op: 'U',
      title: '书',
      kind: '科技',
      pledge: '1.00',
    });
    expect(await city.deliver('town.library', json, { type: 'application/x-ndjson' })).toMatchObject({ unchanged: 1 });
    const versions = (await city.operator.get('/api/ingestion/contracts/town.library/versions')).body as {
      items: object[];
    };
    expect(versions.items).toMatchObject([
      { version: '1', revision: 2, batches: 3, changes: [{ kind: 'ADDITIVE', path: 'remark' }] },
      { version: '1', revision: 1, batches: 1, changes: [] },
    ]);
  });

  it('take no breaking change under the same number: the old one stays in force and the reason is told', async () => {
    write({ columns: aContract().columns.slice(0, 2) });
    const answer = await reload();
    expect(answer.body).toMatchObject({ status: 409, code: 'INGESTION.CONTRACTS_BROKEN' });
    expect(JSON.stringify(answer.body)).toMatch(/town\.library.*pledge.*gone/);
    expect(await city.deliver('town.library', `${header}\n${row('L-1')}`)).toMatchObject({ unchanged: 1 });
  });

  it('become another version on its day, and what came before is read as it was promised', async () => {
    write({ columns: [...aContract().columns, { header: '备注', name: 'remark', type: 'text', mayBeAbsent: true }] });
    const columns = aContract().columns.map((column) =>
      column.name === 'kind' ? { ...column, codes: ['艺术'] } : column,
    );
    write({ version: '2', effectiveFrom: '2026-11-24', columns }, 'town.library@2.yaml');
    expect((await reload()).body).toMatchObject({ reloaded: true });
    expect(await city.deliver('town.library', `${header}\n${row('L-3')}`)).toMatchObject({
      accepted: 1,
      contractVersion: '1',
    });
    // It arrives on the last day of the first version and is worked on under the second.
    const job = city.app.get(BatchJob);
    process.env.INGESTION_WORKER = '0';
    const waiting = await city.post('town.library', `${header}\n${row('L-4')}`);
    city.clock.set('2026-11-24T02:00:00Z');
    process.env.INGESTION_WORKER = '1';
    await job.run();
    const { id } = waiting.body as { id: string };
    expect((await city.operator.get(`/api/ingestion/batches/${id}`)).body).toMatchObject({
      accepted: 1,
      contractVersion: '1',
    });
    expect(await city.deliver('town.library', `${header}\n${row('L-5')}`)).toMatchObject({
      quarantined: 1,
      contractVersion: '2',
    });
    expect(await city.deliver('town.library', `${header}\n${row('L-6', '艺术')}`)).toMatchObject({ accepted: 1 });
    city.clock.set('2026-11-23T02:00:00Z');
  });

  it.each<[string, string, RegExp]>([
    [
      'a denied column',
      stringify(aContract({ feed: 'town.fans', columns: [{ header: '会员信仰', name: 'x', type: 'text' }] })),
      /is no contract|may not be collected/,
    ],
    [
      'one in disguise',
      stringify(aContract({ feed: 'town.fans', columns: [{ header: '其他', name: 'xin_yang', type: 'text' }] })),
      /宗教信仰.*第十四条/,
    ],
    ['no use allowed', stringify({ ...aContract({ feed: 'town.fans' }), allowedUse: undefined }), /allowedUse/],
    ['a stranger for a source', stringify(aContract({ feed: 'town.fans', sources: ['NOBODY'] })), /NOBODY/],
    [
      'a rule on nothing',
      stringify(aContract({ feed: 'town.fans', quality: [{ rule: 'ORDER', earlier: 'a', later: 'b' }] })),
      /no column/,
    ],
    ['broken YAML', 'feed: [', /cannot be read/],
  ])('are not taken up with %s', async (_what, text, reason) => {
    writeFileSync(join(folder, 'town.fans.yaml'), text);
    const answer = await reload();
    expect(answer.status).toBe(409);
    expect(JSON.stringify(answer.body)).toMatch(reason);
    rmSync(join(folder, 'town.fans.yaml'));
    expect((await city.operator.get('/api/ingestion/contracts/town.fans')).status).toBe(404);
  });

  it('of the first fifteen feeds are for outside clients what they were', async () => {
    expect(feedNames).toHaveLength(15);
    for (const feed of feedNames) {
      const contract = (await city.operator.get(`/api/ingestion/contracts/${feed}`)).body as {
        columns: { header: string; name: string; mayBeAbsent: boolean }[];
      };
      // What came later may be absent: files of before are valid as they are.
      const columns = contract.columns.filter(({ mayBeAbsent }) => !mayBeAbsent);
      const { headers, fields } = columnsOf(feed);
      expect(columns.map((column) => column.header)).toEqual(headers.slice(5));
      expect(columns.map(({ name }) => name)).toEqual(fields.slice(5));
    }
  });
});
