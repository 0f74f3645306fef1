import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { Allow, Public } from '@app/auth';
import type { DatabaseParts } from '@app/database';
import { Body, Controller, Get, HttpCode, Module, Param, Post } from '@nestjs/common';
import { IsObject } from 'class-validator';

import { startService, type TestClient, type TestService } from '../../../test/support/test-service.js';
import { type Command, CurrentCommand, ServiceModule } from '../src/index.js';

const parts: DatabaseParts = { service: 'supervision', entities: [], migrations: [] };

class LooseRequest {
  @IsObject()
  figures: Record<string, unknown>;
}

@Controller('edges')
class EdgeController {
  @Allow('operator')
  @HttpCode(200)
  @Post()
  take(@CurrentCommand() _command: unknown, @Body() body: LooseRequest): LooseRequest {
    return body;
  }

  /** Its connection is cut while it works, as when the server dies. */
  @Allow('operator')
  @HttpCode(200)
  @Post('cut')
  async cut(@CurrentCommand() { tx }: Command, @Body() { figures }: LooseRequest): Promise<void> {
    const [{ pid }] = await tx.query('select pg_backend_pid() as pid');
    await killer(pid, figures['during'] === true ? tx.query('select pg_sleep(60)') : undefined);
    await tx.query('select 1');
  }

  @Public()
  @Get(':id')
  read(@Param('id') id: string): { id: string } {
    return { id };
  }
}

let killer: (pid: number, during?: Promise<unknown>) => Promise<unknown>;

@Module({ imports: [ServiceModule.of(parts)], controllers: [EdgeController] })
class EdgeModule {}

const path = '/api/supervision/edges';
const json = { 'content-type': 'application/json' };

describe('what careless and hostile clients send', () => {
  let service: TestService;
  let operator: TestClient;
  beforeAll(async () => {
    service = await startService(parts, EdgeModule);
    operator = await service.as('operator');
  });
  afterAll(() => service.stop());

  it.each([
    ['a number beyond all numbers', '{"figures":{"sales":1e400}}', '/figures/sales'],
    ['such a number alone', '1e400', ''],
    ['half a character as a field name', '{"figures":{"\\ud800":1}}', '/figures'],
    ['a NUL in a text', '{"figures":{"a":"x\\u0000"}}', '/figures/a'],
  ])('names the place of %s', async (_, body, pointer) => {
    const answer = await operator.post(path, body, json);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('takes no bytes that are not UTF-8, rather than keeping a text that nobody wrote', async () => {
    const sent = await fetch(`${await addressOf(service)}${path}`, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${operator.person!.token}`, 'idempotency-key': 'bytes-1' },
      body: Buffer.from([...Buffer.from('{"figures":{"a":"'), 0xff, 0xfe, ...Buffer.from('"}}')]),
    });
    expect(sent.status).toBe(400);
    expect(await sent.json()).toMatchObject({ code: 'MALFORMED', status: 400 });
  });

  it.each([true, false])(
    'says that the database is away when its connection is cut (within a query: %s)',
    async (during) => {
      killer = async (pid, query) => {
        await service.db.query(`select pg_terminate_backend(${pid}, 5000)`);
        await query;
        // Until the end of the connection has been heard on our side.
        await new Promise((done) => setTimeout(done, 50));
      };
      const answer = await operator.post(`${path}/cut`, { figures: { during } });
      expect(answer.status).toBe(503);
      expect(answer.headers).toHaveProperty('retry-after');
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml'])(
    'takes no %s, which a foreign page could send without asking',
    async (type) => {
      const answer = await operator.post(path, '{"figures":{}}', { 'content-type': type });
      expect(answer.status).toBe(415);
      expect(answer.body).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE', instance: path });
    },
  );

  it.each([
    ['an address that cannot be decoded', `${path}/%ff`, 400],
    ['an id without end', `${path}/${'a'.repeat(300)}`, 414],
  ])('answers %s with a problem', async (_, url, status) => {
    const answer = await service.anyone.get(url);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, instance: url });
  });

  it.each([
    ['no HTTP', 'GARBAGE\r\n\r\n', 400],
    ['two lengths', `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
    ['a header without end', `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(17_000)}\r\n\r\n`, 431],
  ])('answers %s with a problem, and hangs up', async (_, bytes, status) => {
    const socket = connect(Number(new URL(await addressOf(service)).port), '127.0.0.1');
    socket.write(bytes);
    const [head, body] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} .*application/problem\\+json`, 's'));
    expect(JSON.parse(body!)).toMatchObject({ status, title: expect.any(String) });
  });
});

async function addressOf({ app }: TestService): Promise<string> {
  const server = app.getHttpServer();
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
