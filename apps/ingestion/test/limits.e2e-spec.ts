import { existsSync, readdirSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

import { makeUscc } from '@app/kernel';
import iconv from 'iconv-lite';

import { lyingZip } from './form-files.js';
import { type Counts, type Ingestion, staffHeader, startIngestion } from './ingest.js';
import { heldBy } from './live-memory.js';
import { sendPacked } from './packed-upload.js';

const code = makeUscc('320505', 1);
const line = (key: string) => `${key},${code},2026-03-01,2026-03-02,I,2025,12,3`;
const csv = (...lines: string[]) => [staffHeader, ...lines].join('\n');
const json = 'application/x-ndjson';
const titled = (key: string, title: string) =>
  JSON.stringify({
    record_key: key,
    uscc: code,
    event_date: '2026-03-01',
    report_date: '2026-03-02',
    op: 'I',
    title,
    valid_from: '2026-03-01',
  });

describe('the hard limits of what comes in', () => {
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion();
    await city.app.listen(0, '127.0.0.1');
  });
  afterAll(() => city.stop());

  const count = async (sql: string) =>
    (await city.db.query<{ n: number }>(`select count(*)::int as n from ${sql}`))[0]!.n;
  const folder = () => join(city.folder, 'batches');
  const files = () => (existsSync(folder()) ? readdirSync(folder()).length : 0);

  /** A delivery that fails as a whole says where and what to do, and leaves nothing. */
  async function failure(content: string | Buffer, type: string, feed = 'tech.staff') {
    const before = await count('ingestion.record');
    const batch = (await city.deliver(feed, content, { type })) as Counts & { problem: { zh: string; en: string } };
    expect([batch.status, batch.read, batch.accepted]).toEqual(['FAILED', 0, 0]);
    expect(await count('ingestion.record')).toBe(before);
    expect(Math.min(batch.problem.zh.length, batch.problem.en.length)).toBeGreaterThan(8);
    return batch.problem;
  }

  it.each([
    ['nothing', ''],
    ['a mark of the byte order', '\ufeff'],
    ['blank lines', '\n\r\n  \n'],
  ])('a file of %s is empty in every form', async (_what, content) => {
    for (const type of ['text/csv', json, 'application/xml'])
      expect((await failure(content, type)).code).toMatch(/^FILE_(EMPTY|XML)$/);
    expect((await failure(content, 'text/csv; charset=gb18030')).code).toMatch(/^FILE_(EMPTY|ENCODING|HEADER)$/);
    if (content !== '') return;
    expect((await failure(content, 'text/plain', 'sewage.discharge')).code).toBe('FILE_EMPTY');
    expect((await failure(content, 'application/zip')).code).toBe('FILE_TYPE');
  });

  it('NDJSON that is UTF-8 is not taken for GB18030 because somebody says so', async () => {
    const text = ['高新技术企业', '瞪羚'].map((title, at) => titled(`U-${at}`, title)).join('\n');
    const told = await failure(text, `${json}; charset=gb18030`, 'tech.title');
    expect(told).toMatchObject({ code: 'FILE_ENCODING', en: expect.stringMatching(/but is utf-8/) as string });
    expect(await failure(titled('U-3', '瞪羚'), `${json}; charset=gbk`, 'tech.title')).toMatchObject({
      code: 'FILE_ENCODING',
    });
    const honest = iconv.encode(text, 'gb18030');
    expect(await city.deliver('tech.title', honest, { type: `${json}; charset=gb18030` })).toMatchObject({
      accepted: 2,
    });
    const glued = Buffer.concat([honest, Buffer.from(`\n${titled('U-9', '高新技术企业')}`)]);
    expect(await failure(glued, `${json}; charset=gb18030`, 'tech.title')).toMatchObject({
      code: 'FILE_ENCODING',
      line: 3,
    });
  });

  it.each([
    ['UTF-16', Buffer.from(`\ufeff${csv(line('O-1'))}`, 'utf16le'), 'FILE_ENCODING', /UTF-16/],
    ['semicolons', csv(line('O-1')).replaceAll(',', ';'), 'FILE_HEADER', /separated by semicolons/],
    ['tabs', csv(line('O-1')).replaceAll(',', '\t'), 'FILE_HEADER', /separated by tabs/],
    ['old line ends', csv(line('O-1')).replaceAll('\n', '\r'), 'FILE_HEADER', /CR alone/],
  ])('a table with %s is told what it is and how to save it', async (_what, content, problem, words) => {
    expect(await failure(content, 'text/csv')).toMatchObject({
      code: problem,
      line: 1,
      en: expect.stringMatching(words) as string,
    });
  });

  it('a line is too long or not, wherever in its file it stands', async () => {
    const cell = 'x'.repeat(1_060_000);
    for (const above of [0, 1_000, 3_000, 4_500]) {
      const rows = Array.from({ length: above }, (_, at) => line(`L-${at}`));
      const batch = await city.deliver('tech.staff', csv(...rows, `L-long,${cell},,,,,,`, line('L-last')));
      expect(batch).toMatchObject({ status: 'DONE', read: above + 2, refused: 1, quarantined: 0 });
      const { items } = (await city.operator.get(`/api/ingestion/batches/${batch.id}/quarantine`)).body as {
        items: { code: string; lineNumber: number; raw: string }[];
      };
      expect(items).toMatchObject([{ code: 'LINE_TOO_LONG', lineNumber: above + 2 }]);
      expect(items[0]!.raw.length).toBeLessThan(1_100);
    }
  });

  it('rows of almost a megabyte are set aside few at a time, whatever the size of their file', async () => {
    const rows = 150;
    const long = Buffer.from(`${code},2026-03-01,2026-03-02,I,2025,12,${'9'.repeat(900_000)}\n`);
    const packed = createGzip();
    Readable.from(lines(), { objectMode: false }).pipe(packed);
    function* lines(): Generator<Buffer | string> {
      yield `${staffHeader}\n`;
      for (let at = 0; at < rows; at += 1) {
        yield `H-${at},`;
        yield long;
      }
    }
    const held = await heldBy(async () => {
      expect(await sendPacked(city, packed, 'huge-rows')).toBe(202);
      await city.settle();
    });
    const [batch] = (await city.operator.get('/api/ingestion/batches?limit=1')).body.items as Counts[];
    expect(batch).toMatchObject({ reference: 'huge-rows', status: 'DONE', read: rows, quarantined: rows });
    expect(held).toBeLessThan(80_000_000);
  }, 120_000);

  it('ten thousand columns are told by the first one too many, and a header that comes twice by its place', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `列${at}`).join(',');
    expect(await failure(`${staffHeader},${many}\n${line('M-1')}`, 'text/csv')).toMatchObject({
      code: 'FILE_HEADER',
      line: 1,
      column: 9,
    });
    expect(await failure(`${staffHeader},年度\n${line('M-1')},2025`, 'text/csv')).toMatchObject({
      code: 'FILE_HEADER',
      column: 9,
    });
    const twice = await city.deliver('tech.staff', csv(line('M-1'), staffHeader, line('M-2')));
    expect(twice).toMatchObject({ read: 3, accepted: 2, refused: 1 });
    const wide = await city.deliver('tech.staff', csv(line('M-3'), `M-4${',9'.repeat(10_000)}`));
    expect(wide).toMatchObject({ read: 2, accepted: 1, refused: 1 });
  });

  it('an archive of a megabyte that says it holds ten gigabytes costs nothing', async () => {
    const bomb = lyingZip('a.csv', Buffer.alloc(1_000_000, Math.random().toString()), { size: 4_294_967_294 });
    const began = performance.now();
    const told = await failure(bomb, 'application/zip');
    expect(told.code).toBe('FILE_BOMB');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('of twenty files that come with one reference at once exactly one content is taken', async () => {
    const before = files();
    const contents = Array.from({ length: 20 }, (_, at) => csv(line(`T-${at % 10}`)));
    const answers = await Promise.all(
      contents.map((content) => city.post('tech.staff', content, { reference: 'twenty' })),
    );
    const taken = answers.filter(({ status }) => status === 202);
    const refused = answers.filter(({ status }) => status === 409);
    expect([taken.length, refused.length]).toEqual([2, 18]);
    for (const { body } of refused) expect(body).toMatchObject({ code: 'INGESTION.REFERENCE_REUSED' });
    expect(new Set(taken.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    await city.settle();
    expect(await count(`ingestion.batch where reference = 'twenty'`)).toBe(1);
    expect(await count(`ingestion.record where record_key like 'T-%'`)).toBe(1);
    expect(files()).toBe(before + 1);
  });

  /** Sends bytes as they are and gives all that comes back until the other end hangs up. */
  function raw(head: string[], body: string, { hangUp = false } = {}): Promise<string> {
    const { port } = city.app.getHttpServer().address() as AddressInfo;
    return new Promise((resolve) => {
      let heard = '';
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST /api/ingestion/feeds/tech.staff/batches HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`,
          () => {
            if (hangUp) socket.end();
          },
        );
      });
      socket.on('data', (bytes) => (heard += bytes.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(heard));
    });
  }

  const headOf = (reference: string, more: string[]): string[] => [
    'Host: here',
    `Authorization: Bearer ${city.operator.person!.token}`,
    'Content-Type: text/csv; charset=utf-8',
    `Batch-Reference: ${reference}`,
    ...more,
  ];

  it('a body that is shorter than it was announced is no delivery, and may come again', async () => {
    const before = files();
    const content = csv(line('S-1'));
    const bytes = Buffer.byteLength(content) + 1_000;
    await raw(headOf('short', [`Content-Length: ${bytes}`]), content, { hangUp: true });
    // The cut is noticed by the service on its own time.
    for (let looks = 0; looks < 100 && files() > before; looks += 1) await count('ingestion.batch');
    expect(files()).toBe(before);
    expect(await count(`ingestion.batch where reference = 'short'`)).toBe(0);
    expect(await city.deliver('tech.staff', content, { reference: 'short' })).toMatchObject({ accepted: 1 });
  });

  it('a body that goes on beyond its announced end is refused whole', async () => {
    const before = files();
    const content = `${csv(line('B-1'))}\n`;
    const lie = `${content}${line('B-2')}\n${line('B-3')}\n`;
    const head = headOf('beyond', [`Content-Length: ${Buffer.byteLength(content)}`]);
    const heard = await raw(head, lie);
    expect(heard.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 400']);
    for (let looks = 0; looks < 100 && files() > before; looks += 1) await count('ingestion.batch');
    expect(files()).toBe(before);
    expect(await count(`ingestion.batch where reference = 'beyond'`)).toBe(0);
    expect(await city.deliver('tech.staff', lie, { reference: 'beyond' })).toMatchObject({ accepted: 3 });
  });

  it('two lengths, and a length beside chunks, are no request at all', async () => {
    const content = csv(line('D-1'));
    const bytes = Buffer.byteLength(content);
    for (const more of [
      [`Content-Length: ${bytes}`, `Content-Length: ${bytes - 1}`],
      [`Content-Length: ${bytes}`, 'Transfer-Encoding: chunked'],
      ['Content-Length: -1'],
      ['Content-Length: 99999999999999999999999'],
    ])
      expect(await raw(headOf('lengths', more), content, { hangUp: true })).toMatch(/^HTTP\/1\.1 (400|413) /);
    expect(await count(`ingestion.batch where reference = 'lengths'`)).toBe(0);
  });
});
