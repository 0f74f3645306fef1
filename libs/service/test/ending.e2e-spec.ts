import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function until(what: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 20_000;
  while (!(await what())) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain: ${what.toString()}`);
    await pause(20);
  }
}

describe('a service that is told to end', () => {
  let db: TestDatabase;
  let child: ChildProcess | undefined;
  beforeAll(async () => {
    db = await freshDatabase();
  });
  afterEach(() => {
    child?.kill('SIGKILL');
  });
  afterAll(() => db.drop());

  /** Resolves when the process says so. */
  const says = async (word: string): Promise<void> => {
    for (;;) {
      const [said] = await once(child!, 'message', { signal: AbortSignal.timeout(40_000) });
      if (said === word) return;
    }
  };

  it('says so first, still answers, ends what it has begun, and nothing of it is lost', async () => {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const settings = { PORT: String(port), METRICS_PORT: String(metricsPort), DRAIN_MS: '1500', LOG_LEVEL: 'silent' };
    child = spawn(process.execPath, ['--import', here('../../../test/support/run-ts.mjs'), here('slow-service.ts')], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...settings },
    });
    const ended = once(child, 'exit');
    await says('listens');
    const service = `http://127.0.0.1:${port}/api/supervision`;
    // Each on a connection of its own: what a proxy does that asks for the first time.
    const ask = (url: string) => fetch(url, { headers: { connection: 'close' } });
    expect((await ask(`${service}/health/ready`)).status).toBe(200);
    const begun = says('begun');
    const slow = ask(`${service}/answers/slow`);
    await begun;

    child.kill('SIGTERM');
    await until(async () => (await ask(`${service}/health/ready`)).status === 503);
    expect(await (await ask(`${service}/health/ready`)).json()).toMatchObject({
      code: 'NOT_READY',
      detail: 'the process is about to end',
    });
    expect(await (await ask(`${service}/answers/quick`)).json()).toEqual({ said: 'at once' });
    expect((await ask(`${service}/health/live`)).status).toBe(200);

    // Nothing new comes in any more; who watches still can.
    await until(() =>
      ask(`${service}/answers/quick`).then(
        () => false,
        () => true,
      ),
    );
    expect(await (await ask(`http://127.0.0.1:${metricsPort}/metrics`)).text()).toContain('http_requests_total');
    child.send('go on');
    expect(await (await slow).json()).toEqual({ said: 'in the end' });
    expect(await ended).toEqual([0, null]);
  });
});
