import { type AddressInfo, createServer } from 'node:net';

import type { DatabaseParts } from '@app/database';
import { Module } from '@nestjs/common';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { serveMetrics, ServiceModule } from '../src/index.js';

const parts: DatabaseParts = { service: 'supervision', entities: [], migrations: [] };

@Module({ imports: [ServiceModule.of(parts)] })
class BareModule {}

interface Caller {
  /** The socket's own. */
  from?: string;
  headers?: Record<string, string>;
  /** TRUST_PROXY as it was when the service started. */
  trust?: string;
}

describe('metrics', () => {
  /** By what they trust. */
  const services = new Map<string, Promise<TestService>>();
  const start = (trust: string): Promise<TestService> => {
    process.env['TRUST_PROXY'] = trust;
    return startService(parts, BareModule).finally(() => delete process.env['TRUST_PROXY']);
  };
  const serviceThatTrusts = (trust = ''): Promise<TestService> => {
    const service = services.get(trust) ?? start(trust);
    services.set(trust, service);
    return service;
  };
  const statusFor = async ({ from = '127.0.0.1', headers = {}, trust }: Caller): Promise<number> => {
    const { app } = await serviceThatTrusts(trust);
    const answer = await app.inject({ url: '/api/supervision/metrics', remoteAddress: from, headers });
    return answer.statusCode;
  };
  afterEach(() => delete process.env['METRICS_PORT']);
  afterAll(async () => {
    for (const service of services.values()) await (await service).stop();
  });

  it.each<[string, Caller, number]>([
    ['this machine', {}, 200],
    ['this machine, by the address of the newer family', { from: '::1' }, 200],
    ['this machine, by an address of both families', { from: '::ffff:127.0.0.1' }, 200],
    ['a neighbour', { from: '10.0.0.7' }, 404],
    ['a neighbour who only looks like home', { from: '10.127.0.1' }, 404],
    ['a proxy here that nobody told us of', { headers: { 'x-forwarded-for': '203.0.113.9' } }, 404],
    ['a neighbour who writes that he is here', { from: '10.0.0.7', headers: { 'x-forwarded-for': '127.0.0.1' } }, 404],
    ['a stranger through our proxy here', { trust: 'loopback', headers: { 'x-forwarded-for': '203.0.113.9' } }, 404],
    ['this machine through our proxy here', { trust: 'loopback', headers: { 'x-forwarded-for': '127.0.0.1' } }, 200],
    [
      'our proxy elsewhere, whoever stands behind it',
      { trust: 'uniquelocal', from: '10.0.0.7', headers: { 'x-forwarded-for': '127.0.0.1' } },
      404,
    ],
  ])('beside the requests: %s', async (_, caller, status) => {
    expect(await statusFor(caller)).toBe(status);
  });

  it('are refused as an address that is not there, and not as a secret', async () => {
    const { app } = await serviceThatTrusts();
    const answer = await app.inject({ url: '/api/supervision/metrics', remoteAddress: '10.0.0.7' });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(answer.body).not.toContain('process_cpu');
  });

  it('have a port of their own where one is given, and are nowhere else then', async () => {
    const free = await freePort();
    const { app } = await serviceThatTrusts();
    process.env['METRICS_PORT'] = String(free);
    const server = (await serveMetrics())!;
    const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${free}${path}`, { method });
    const answer = await ask('/metrics');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
    expect(await answer.text()).toContain('# TYPE http_requests_total counter');
    expect([(await ask('/')).status, (await ask('/metrics', 'POST')).status]).toEqual([404, 404]);
    expect((await app.inject('/api/supervision/metrics')).statusCode).toBe(404);
    server.close();
  });

  it('have no port of their own otherwise', async () => {
    expect(await serveMetrics()).toBeUndefined();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
