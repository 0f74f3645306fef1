import { setImmediate as turn } from 'node:timers/promises';

import { fastify, type FastifyInstance } from 'fastify';

import { refuseUnderPressure } from '../src/pressure.js';

/** A service with one slow route, which may work on two requests at once. */
async function narrow(): Promise<{ app: FastifyInstance; release: () => void; begun: () => number }> {
  process.env['REQUESTS_MAX'] = '2';
  const app = fastify();
  refuseUnderPressure('narrow', app, (error, _request, reply) => {
    const { retryAfterSeconds, code } = error as { retryAfterSeconds: number; code: string };
    void reply.status(503).header('retry-after', retryAfterSeconds).send({ code });
  });
  delete process.env['REQUESTS_MAX'];
  const waiting: (() => void)[] = [];
  app.get('/slow', async () => {
    await new Promise<void>((done) => waiting.push(done));
    return {};
  });
  app.get('/api/narrow/health/live', () => ({}));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    app,
    release: () => {
      for (const done of waiting.splice(0)) done();
    },
    begun: () => waiting.length,
  };
}

async function until(what: () => boolean): Promise<false> {
  while (!what()) await turn();
  return false;
}

describe('back-pressure', () => {
  it('refuses what is too much with 503, still answers who watches, and takes requests again afterwards', async () => {
    const { app, release, begun } = await narrow();
    const { port } = app.server.address() as { port: number };
    const ask = (path: string, signal?: AbortSignal) =>
      fetch(`http://127.0.0.1:${port}${path}`, { signal: signal ?? null });
    const impatient = new AbortController();
    const first = ask('/slow');
    const second = ask('/slow', impatient.signal);
    await until(() => begun() === 2);
    const refused = await ask('/slow');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toEqual({ code: 'OVERLOADED' });
    expect((await ask('/api/narrow/health/live')).status).toBe(200);
    // A caller that hangs up gives its place back, as soon as the service hears of it.
    impatient.abort();
    await expect(second).rejects.toThrow();
    let third = ask('/slow');
    const isRefused = (answer: Promise<Response>) => answer.then(({ status }) => status === 503);
    while (await Promise.race([isRefused(third), until(() => begun() === 3)])) third = ask('/slow');
    release();
    expect((await first).status).toBe(200);
    expect((await third).status).toBe(200);
    await app.close();
  });
});
