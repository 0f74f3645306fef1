import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { makeUscc } from '@app/kernel';
import iconv from 'iconv-lite';

import { DropJob } from '../src/drop/drop.job.js';
import { type Ingestion, staffHeader, startIngestion } from './ingest.js';

const one = makeUscc('320505', 1);
const two = makeUscc('320506', 2);
const staff = (key: string, uscc: string, day: string, count: number, op = 'I') =>
  `${key},${uscc},${day},${day},${op},2025,${count},10`;
const file = (...rows: string[]) => [staffHeader, ...rows].join('\r\n');

describe('a delivery', () => {
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion({ BATCH_BYTES_MAX: '200000' });
  });
  afterAll(() => city.stop());

  it('becomes records that the other services see, in fen and days', async () => {
    const header =
      '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,企业名称,曾用名,法定代表人,注册资本(万元),实缴资本(万元),成立日期,经营状态,行业代码,行政区划,住所';
    const row = `R-1,${one},20260930,2026-10-08,I,"苏州光能, ""科技""有限公司",甲;乙,沈舟,500.50,,20190520,存续,C3911,320583,"玉山镇\r\n测试路1号"`;
    const text = iconv.encode(`${header}\r\n${row}\r\n`, 'gb18030');
    const batch = await city.deliver('registry.enterprise', text, { type: 'text/csv; charset=GB2312' });
    expect(batch).toMatchObject({ status: 'DONE', read: 1, accepted: 1, problem: null });
    const [record] = await city.db.query(
      `select uscc, record_key, version, event_date::text, report_date::text, fields, line_number
       from ingestion_api.record_v1 where feed = 'registry.enterprise'`,
    );
    expect(record).toEqual({
      uscc: one,
      record_key: 'R-1',
      version: 1,
      event_date: '2026-09-30',
      report_date: '2026-10-08',
      line_number: 2,
      fields: {
        name: '苏州光能, "科技"有限公司',
        former_names: ['甲', '乙'],
        legal_representative: '沈舟',
        registered_capital: '500500000',
        established_on: '2019-05-20',
        status: '存续',
        industry: 'C3911',
        division: '320583',
        address: '玉山镇\n测试路1号',
      },
    });
  });

  it('tells each enterprise once, and not at all when nothing changed', async () => {
    const content = file(
      staff('E-1', one, '2026-01-31', 5),
      staff('E-2', one, '2026-01-31', 6),
      staff('E-3', two, '2026-01-31', 7),
    );
    const events = () =>
      city.db.query<{ key: string; records: string }>(
        `select key, data->>'records' as records from ingestion.outbox where data->>'feed' = 'tech.staff' order by key`,
      );
    const before = (await events()).length;
    await city.deliver('tech.staff', content);
    expect((await events()).slice(before)).toEqual(
      [
        { key: one, records: '2' },
        { key: two, records: '1' },
      ].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    );
    expect(await city.deliver('tech.staff', content)).toMatchObject({ accepted: 0, unchanged: 3 });
    expect(await events()).toHaveLength(before + 2);
  });

  it('gives the stored answer to the same reference and content, and a conflict to another content', async () => {
    const first = await city.post('tech.staff', file(staff('S-1', one, '2026-02-01', 5)), { reference: 'same' });
    await city.settle();
    const again = await city.post('tech.staff', file(staff('S-1', one, '2026-02-01', 5)), { reference: 'same' });
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body).toEqual(first.body);
    const other = await city.post('tech.staff', file(staff('S-1', one, '2026-02-01', 6)), { reference: 'same' });
    expect(other.body).toMatchObject({ status: 409, code: 'INGESTION.REFERENCE_REUSED' });
  });

  it('makes one batch of ten deliveries that arrive at once with one reference', async () => {
    const content = file(staff('P-1', one, '2026-02-01', 5));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => city.post('tech.staff', content, { reference: 'at-once' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    await city.settle();
    const [{ count } = { count: -1 }] = await city.db.query<{ count: number }>(
      `select count(*)::int from ingestion.batch where reference = 'at-once'`,
    );
    expect(count).toBe(1);
  });

  it.each([
    ['no reference', { 'content-type': 'text/csv', 'batch-reference': '' }, 400, 'INGESTION.REFERENCE_MISSING'],
    ['another type', { 'content-type': 'application/json' }, 415, 'INGESTION.UNSUPPORTED_FORM'],
    ['a picture', { 'content-type': 'image/png' }, 415, 'INGESTION.UNSUPPORTED_FORM'],
    ['a strange charset', { 'content-type': 'text/csv; charset=utf-16' }, 415, 'INGESTION.UNSUPPORTED_FORM'],
  ])('is refused with %s', async (_what, headers, status, code) => {
    const answer = await city.operator.post('/api/ingestion/feeds/tech.staff/batches', 'x', {
      'batch-reference': 'r',
      ...headers,
    });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, code });
  });

  it('of an unknown feed is 404, of another source 403, and its batch 404 for others', async () => {
    expect((await city.post('tax.nothing', 'x')).status).toBe(404);
    const tax = await city.as('source', { code: 'TAX' });
    const science = await city.as('source', { code: 'SCIENCE' });
    expect((await city.post('tech.staff', 'x', { client: tax })).status).toBe(403);
    const own = await city.post('tech.staff', file(staff('O-1', one, '2026-02-01', 1)), { client: science });
    const id = (own.body as { id: string }).id;
    expect((await science.get(`/api/ingestion/batches/${id}`)).status).toBe(200);
    expect((await tax.get(`/api/ingestion/batches/${id}`)).status).toBe(404);
    expect((await tax.get(`/api/ingestion/batches/${id}/quarantine`)).status).toBe(404);
    const feeds = await tax.get('/api/ingestion/feeds');
    const seen = (feeds.body as { items: { feed: string; source: string }[] }).items;
    expect(new Set(seen.map(({ source }) => source))).toEqual(new Set(['TAX']));
    expect(seen.map(({ feed }) => feed)).toEqual(
      expect.arrayContaining(['tax.credit-rating', 'tax.income-return', 'tax.vat-return']),
    );
    const bank = await city.as('account-manager');
    expect((await city.post('tech.staff', 'x', { client: bank })).status).toBe(403);
  });

  it('that is too large is refused and leaves nothing on disk', async () => {
    const before = readdirSync(join(city.folder, 'batches'));
    const answer = await city.post('tech.staff', `${staffHeader}\n${'x'.repeat(300_000)}`);
    expect(answer.body).toMatchObject({ status: 413, code: 'INGESTION.BATCH_TOO_LARGE' });
    expect(readdirSync(join(city.folder, 'batches'))).toEqual(before);
  });

  /** Sends over a real connection, in chunks whose number nobody is told of; undefined when it was cut by us. */
  async function stream(reference: string, chunks: string[], cut: boolean): Promise<number | undefined> {
    if (!city.app.getHttpServer().listening) await city.app.listen(0, '127.0.0.1');
    const { port } = city.app.getHttpServer().address() as AddressInfo;
    return new Promise((resolve) => {
      const sending = request({
        port,
        method: 'POST',
        path: '/api/ingestion/feeds/tech.staff/batches',
        headers: {
          authorization: `Bearer ${city.operator.person!.token}`,
          'content-type': 'text/csv',
          'batch-reference': reference,
          'transfer-encoding': 'chunked',
        },
      });
      sending.on('error', () => resolve(undefined));
      sending.on('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      for (const chunk of chunks.slice(0, -1)) sending.write(chunk);
      if (cut) sending.write(chunks.at(-1)!, () => setImmediate(() => sending.destroy()));
      else sending.end(chunks.at(-1));
    });
  }

  it('that is too large without saying so is told of it, and leaves nothing on disk', async () => {
    const before = readdirSync(join(city.folder, 'batches'));
    expect(
      await stream('long', [`${staffHeader}\n`, ...Array.from({ length: 5 }, () => 'x'.repeat(60_000))], false),
    ).toBe(413);
    expect(readdirSync(join(city.folder, 'batches'))).toEqual(before);
  });

  it('that is cut in the middle leaves nothing, and may come again', async () => {
    const before = readdirSync(join(city.folder, 'batches'));
    expect(await stream('cut', [`${staffHeader}\n`, `${staff('C-1', one, '2026-02-01', 5)}\n`], true)).toBeUndefined();
    const again = await city.deliver('tech.staff', file(staff('C-1', one, '2026-02-01', 5)), { reference: 'cut' });
    expect(again).toMatchObject({ status: 'DONE', accepted: 1 });
    const left = readdirSync(join(city.folder, 'batches')).filter((name) => !before.includes(name));
    expect(left).toEqual([again.id]);
  });

  it.each([
    ['nothing', '', 'FILE_EMPTY', {}],
    ['a missing column', `${staffHeader.replace(',年度', '')}\n`, 'FILE_HEADER', { line: 1 }],
    ['a strange column', `${staffHeader},备注\n`, 'FILE_HEADER', { line: 1, column: 9 }],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(`${staffHeader}\n`), Buffer.from([65, 66, 0xff, 67])]),
      'FILE_ENCODING',
      { line: 2, column: 3 },
    ],
  ])('with %s fails as a whole and says where', async (_what, content, code, place) => {
    const batch = await city.deliver('tech.staff', content);
    expect(batch).toMatchObject({ status: 'FAILED', read: 0, problem: { code, ...place } });
  });

  it('may come as NDJSON, with numbers or texts, and means the same as CSV', async () => {
    const csv = await city.deliver('tech.staff', file(staff('N-1', one, '2026-03-01', 12)));
    const json = {
      record_key: 'N-1',
      uscc: one,
      event_date: '2026-03-01',
      report_date: '20260301',
      op: 'U',
      year: 2025,
      staff: 12,
      rd_staff: '10',
    };
    const again = await city.deliver(
      'tech.staff',
      `\ufeff${JSON.stringify(json)}\n\nnot json\n[]\n${JSON.stringify({ ...json, extra: 1 })}`,
      {
        type: 'application/x-ndjson',
      },
    );
    expect(csv).toMatchObject({ accepted: 1 });
    expect(again).toMatchObject({ read: 4, unchanged: 1, refused: 2, quarantined: 1 });
  });

  it('may be dropped into a folder', async () => {
    const folder = join(city.folder, 'drop', 'tech.staff');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '一月.csv'), iconv.encode(file(staff('D-1', one, '2026-04-01', 5)), 'gb18030'));
    writeFileSync(join(folder, '一月.csv.done'), '');
    writeFileSync(join(folder, 'photo.png'), 'x');
    const drop = city.app.get(DropJob);
    await drop.run();
    await drop.run();
    await city.settle();
    expect(existsSync(join(folder, 'taken', '一月.csv'))).toBe(true);
    expect(existsSync(join(folder, 'failed', 'photo.png.problem.json'))).toBe(true);
    const [batch] = await city.db.query(
      `select status, origin, accepted, charset from ingestion.batch where origin = 'DROP'`,
    );
    expect(batch).toEqual({ status: 'DONE', origin: 'DROP', accepted: '1', charset: 'gb18030' });
  });

  it('keeps the hash of what came', async () => {
    const content = file(staff('H-1', one, '2026-05-01', 5));
    const answer = await city.post('tech.staff', content);
    expect(answer.body).toMatchObject({ sha256: createHash('sha256').update(content).digest('hex') });
  });
});
