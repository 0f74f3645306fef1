import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { makeUscc } from '@app/kernel';
import request from 'supertest';

import type { TestClient } from '../../../test/support/test-service.js';
import { SweepJob } from '../src/batch/sweep.job.js';
import { type Ingestion, staffHeader, startIngestion } from './ingest.js';

const code = makeUscc('320505', 1);
const csv = (prefix: string, rows: number) =>
  Buffer.from(
    [
      staffHeader,
      ...Array.from({ length: rows }, (_, at) => `${prefix}-${at},${code},2026-03-01,2026-03-02,I,2025,12,3`),
    ].join('\n'),
  );
const hashOf = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

interface Shown {
  id: string;
  offset: number;
  bytes: number;
  batch: { id: string; sha256: string } | null;
  code: string;
}

/** A connection that breaks before anything was read leaves nothing: this one breaks later. */
async function untilWritten(path: string, bytes: number): Promise<void> {
  while (!existsSync(path) || statSync(path).size < bytes) await new Promise((done) => setTimeout(done, 5));
}

describe('a file that comes in pieces', () => {
  let city: Ingestion;
  let science: TestClient;
  beforeAll(async () => {
    city = await startIngestion({ UPLOADS_OPEN_MAX: '3', UPLOAD_BYTES_MAX: '1000000' });
    science = await city.as('source', { code: 'SCIENCE' });
  });
  afterAll(() => city.stop());

  const announce = async (reference: string, content: Buffer, wish: object = {}, client = science) => {
    const body = {
      bytes: content.length,
      contentType: 'text/csv; charset=utf-8',
      sha256: hashOf(content),
      ...wish,
    };
    const answer = await client.post('/api/ingestion/feeds/tech.staff/uploads', body, { 'batch-reference': reference });
    return { status: answer.status, body: answer.body as Shown };
  };
  const send = async (id: string, offset: number, piece: Buffer | string, client = science) => {
    const answer = await request(city.app.getHttpServer())
      .patch(`/api/ingestion/uploads/${id}`)
      .set({
        authorization: `Bearer ${client.person!.token}`,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
      })
      .send(piece);
    return { status: answer.status, body: answer.body as Shown };
  };
  const headOf = async (id: string) =>
    (await request(city.app.getHttpServer())
      .head(`/api/ingestion/uploads/${id}`)
      .set({ authorization: `Bearer ${science.person!.token}` })) as {
      status: number;
      headers: Record<string, string>;
    };
  const uploadFiles = () => (existsSync(join(city.folder, 'uploads')) ? readdirSync(join(city.folder, 'uploads')) : []);

  it('becomes a delivery with its last piece, whatever the pieces', async () => {
    const content = csv('A', 50);
    const { status, body } = await announce('pieces', content);
    expect([status, body.offset]).toEqual([201, 0]);
    const half = Math.floor(content.length / 2);
    expect((await send(body.id, 0, content.subarray(0, half))).body).toMatchObject({ offset: half, batch: null });
    const head = await headOf(body.id);
    expect([head.status, head.headers['upload-offset'], head.headers['upload-length']]).toEqual([
      200,
      String(half),
      String(content.length),
    ]);
    const last = await send(body.id, half, content.subarray(half));
    expect(last.body.batch).toMatchObject({ sha256: hashOf(content) });
    await city.settle();
    expect((await science.get(`/api/ingestion/batches/${last.body.batch!.id}`)).body).toMatchObject({
      status: 'DONE',
      accepted: 50,
    });
    // A sender that lost the answer asks again, or sends again, and hears the same.
    expect((await science.get(`/api/ingestion/uploads/${body.id}`)).body).toMatchObject({
      batch: { id: last.body.batch!.id },
    });
    expect((await send(body.id, half, content.subarray(half))).body.batch!.id).toBe(last.body.batch!.id);
    expect((await announce('pieces', content)).body.id).toBe(body.id);
    expect(uploadFiles()).toEqual([]);
  });

  it('is the same delivery as in one piece', async () => {
    const content = csv('B', 3);
    const whole = await city.post('tech.staff', content, { reference: 'both-ways' });
    const { body } = await announce('both-ways', content);
    expect((await send(body.id, 0, content)).body.batch!.id).toBe((whole.body as { id: string }).id);
    const other = csv('B', 4);
    await city.post('tech.staff', content, { reference: 'other-content' });
    const second = await announce('other-content', other);
    expect((await send(second.body.id, 0, other)).body).toMatchObject({ code: 'INGESTION.REFERENCE_REUSED' });
    await science.delete(`/api/ingestion/uploads/${second.body.id}`);
    expect(uploadFiles()).toEqual([]);
  });

  it('goes on from where it stands and from nowhere else', async () => {
    const content = csv('C', 10);
    const { body } = await announce('offsets', content);
    await send(body.id, 0, content.subarray(0, 100));
    expect((await send(body.id, 50, content.subarray(50))).body).toMatchObject({
      status: 409,
      code: 'INGESTION.UPLOAD_OFFSET',
    });
    expect((await send(body.id, 100, Buffer.concat([content.subarray(100), Buffer.from('x')]))).body).toMatchObject({
      status: 413,
      code: 'INGESTION.UPLOAD_OVERRUN',
    });
    expect((await headOf(body.id)).headers['upload-offset']).toBe('100');
    expect((await send(body.id, 100, content.subarray(100))).body.batch).not.toBeNull();
  });

  it('keeps what came before its connection was cut, and before the service was started anew', async () => {
    const content = csv('D', 2_000);
    const { body } = await announce('cut', content);
    await cutAfter(body.id, content.subarray(0, 50_000));
    // The cut is noticed by the service on its own time.
    let offset = 0;
    for (let looks = 0; looks < 100 && offset === 0; looks += 1)
      offset = Number((await headOf(body.id)).headers['upload-offset']);
    expect(offset).toBe(50_000);
    await city.db.query(
      `update ingestion.upload set writer = gen_random_uuid(), writer_until = clock_timestamp() - interval '1s'`,
    );
    const last = await send(body.id, offset, content.subarray(offset));
    expect(last.body.batch).toMatchObject({ sha256: hashOf(content) });
  });

  async function cutAfter(id: string, piece: Buffer): Promise<void> {
    if (!city.app.getHttpServer().listening) await city.app.listen(0, '127.0.0.1');
    const { port } = city.app.getHttpServer().address() as AddressInfo;
    await new Promise<void>((resolve) => {
      const sending = httpRequest({
        port,
        method: 'PATCH',
        path: `/api/ingestion/uploads/${id}`,
        headers: {
          authorization: `Bearer ${science.person!.token}`,
          'content-type': 'application/offset+octet-stream',
          'upload-offset': '0',
          'transfer-encoding': 'chunked',
        },
      });
      sending.on('error', () => resolve());
      sending.on('close', () => resolve());
      sending.write(piece);
      void untilWritten(join(city.folder, 'uploads', id), piece.length).then(() => sending.destroy());
    });
  }

  it('takes one piece at a time', async () => {
    const content = csv('E', 5);
    const { body } = await announce('busy', content);
    await city.db.query(
      `update ingestion.upload set writer = gen_random_uuid(), writer_until = clock_timestamp() + interval '1m' where id = $1`,
      [body.id],
    );
    expect((await send(body.id, 0, content)).body).toMatchObject({ status: 409, code: 'INGESTION.UPLOAD_BUSY' });
    await city.db.query('update ingestion.upload set writer = null where id = $1', [body.id]);
    const both = await Promise.all([send(body.id, 0, content), send(body.id, 0, content)]);
    expect(both.filter(({ body: one }) => one.batch).length).toBeGreaterThanOrEqual(1);
  });

  it('finishes with an empty piece when the service died before it was told of the end', async () => {
    const content = csv('F', 5);
    const { body } = await announce('died', content, { sha256: undefined });
    await send(body.id, 0, content.subarray(0, -1));
    await send(body.id, content.length - 1, content.subarray(-1));
    // As a crash between the last byte and the delivery leaves it.
    const second = csv('F', 6);
    const { body: other } = await announce('died-2', second);
    await send(other.id, 0, second.subarray(0, -1));
    appendFileSync(join(city.folder, 'uploads', other.id), second.subarray(-1));
    await city.db.query('update ingestion.upload set received = bytes where id = $1', [other.id]);
    const answer = await request(city.app.getHttpServer())
      .patch(`/api/ingestion/uploads/${other.id}`)
      .set({
        authorization: `Bearer ${science.person!.token}`,
        'content-type': 'application/offset+octet-stream',
        'content-length': '0',
        'upload-offset': String(second.length),
      });
    expect((answer.body as Shown).batch).toMatchObject({ sha256: hashOf(second) });
  });

  it('is thrown away when it is not what was announced', async () => {
    const content = csv('G', 5);
    const { body } = await announce('digest', content, { sha256: hashOf('something else') });
    expect((await send(body.id, 0, content)).body).toMatchObject({ status: 422, code: 'INGESTION.UPLOAD_DIGEST' });
    expect((await headOf(body.id)).status).toBe(404);
    expect(uploadFiles()).toEqual([]);
  });

  it('is nobody else’s, has a size, and there are not too many of them', async () => {
    const content = csv('H', 1);
    const tax = await city.as('source', { code: 'TAX' });
    expect((await announce('h-0', content, {}, tax)).status).toBe(403);
    const { body } = await announce('h-1', content);
    const neighbour = await city.as('source', { code: 'SCJG' });
    expect((await neighbour.get(`/api/ingestion/uploads/${body.id}`)).status).toBe(404);
    expect((await send(body.id, 0, content, neighbour)).status).toBe(404);
    expect((await announce('h-2', content, { bytes: 2_000_000 })).body).toMatchObject({
      code: 'INGESTION.UPLOAD_TOO_LARGE',
    });
    expect((await announce('h-3', content, { contentType: 'image/png' })).status).toBe(415);
    expect((await announce('h-1', content, { bytes: 7 })).body).toMatchObject({ code: 'INGESTION.REFERENCE_REUSED' });
    await announce('h-4', content);
    await announce('h-5', content);
    expect((await announce('h-6', content)).body).toMatchObject({ status: 409, code: 'INGESTION.UPLOAD_QUOTA' });
  });

  it('is given up when nothing comes for a day', async () => {
    const [{ id } = { id: '' }] = await city.db.query<{ id: string }>(
      `select id from ingestion.upload where reference = 'h-4'`,
    );
    await send(id, 0, 'abc');
    city.clock.advance(25 * 3_600_000);
    const operator = await city.as('operator');
    await city.app.get(SweepJob).run();
    expect(uploadFiles()).toEqual([]);
    expect((await operator.get(`/api/ingestion/uploads/${id}`)).status).toBe(404);
    expect((await announce('h-4', csv('H', 1), {}, operator)).status).toBe(201);
  });
});
