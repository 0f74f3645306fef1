import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

import type { TestClient } from '../../../test/support/test-service.js';
import { type Market, startMarket } from './support/market.js';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

interface Sent {
  bank: TestClient;
  needId: string;
  key: string;
  answer?: { status: number; body: { id?: string } };
}

describe('kill -9 of a process with grabs in flight', () => {
  let market: Market;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await market.stop();
  });

  it('loses nothing and doubles nothing, also while another process takes places of the same needs', async () => {
    const needs: string[] = [];
    for (let i = 0; i < 12; i += 1) needs.push((await market.need()).id);
    await market.db.query(`update marketplace.need set closes_at = '2099-01-01'`);
    await market.db.query(`update credit_api.authorisation_v1 set valid_to = '2099-01-01'`);
    const banks = await market.banks(8);
    const sent: Sent[] = needs.flatMap((needId) => banks.map((bank) => ({ bank, needId, key: randomUUID() })));

    for (let round = 0; round < 2; round += 1) {
      const { child, url } = await serve(children);
      const half = sent.filter((_, index) => index % 2 === round);
      // A third of the grabs go to this process, the others to the one that dies.
      const isMine = (index: number) => index % 3 === 0;
      const place = async (one: Sent, index: number) => {
        one.answer = isMine(index) ? await here(market, one) : await there(url, one);
      };
      const first = half.slice(0, 12).map(place);
      await Promise.any(first.filter((_, index) => !isMine(index)));
      // What is sent now is on its way when the process dies: at once, or when it is at its first batch.
      const later = half.slice(12).map(place);
      if (round === 1) await Promise.any(later.filter((_, index) => isMine(index)));
      child.kill('SIGKILL');
      await Promise.all([...first, ...later]);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }

    const acknowledged = sent.filter(({ answer }) => answer?.status === 201);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(sent.some(({ answer }) => answer === undefined)).toBe(true);
    for (const one of acknowledged) expect((await here(market, one)).body).toEqual(one.answer!.body);
    for (const one of sent) one.answer = await here(market, one);

    const rows = await market.db.query<{ id: string }>('select id from marketplace.grab');
    const ids = sent.filter(({ answer }) => answer!.status === 201).map(({ answer }) => answer!.body.id!);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(await market.db.query('select id, taken from marketplace.need where taken > 5')).toEqual([]);
    expect(await market.miscounts()).toEqual([]);
    const events = await market.db.query<{ grab: string }>(
      `select distinct grab, id from (
         select data->>'grabId' as grab, event_id::text as id from marketplace.outbox
         where topic = 'marketplace.grab.changed.v1'
         union all
         select event->'data'->>'grabId', event->>'id' from bus.message where topic = 'marketplace.grab.changed.v1'
       ) as told`,
    );
    expect(events.map(({ grab }) => grab).toSorted()).toEqual(ids.toSorted());
  }, 120_000);
});

async function here(market: Market, { bank, needId, key }: Sent) {
  const { status, body } = await market.grab(bank, needId, '1000000', { 'idempotency-key': key });
  return { status, body };
}

/** undefined when the process died before it answered. */
async function there(url: string, { bank, needId, key }: Sent): Promise<Sent['answer']> {
  try {
    const answer = await fetch(`${url}/api/marketplace/needs/${needId}/grabs`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${bank.person!.token}`,
        'idempotency-key': key,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ intendedFen: '1000000' }),
    });
    return { status: answer.status, body: (await answer.json()) as { id?: string } };
  } catch {
    return undefined;
  }
}

/** The marketplace alone in a process of its own, on the same database. */
async function serve(children: ChildProcess[]): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const runner = file('../../../test/support/run-ts.mjs');
  const child = spawn(process.execPath, ['--import', runner, file('../src/main.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port) },
  });
  children.push(child);
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error('the other process did not start');
    const ready = await fetch(`${url}/api/marketplace/health/ready`).catch(() => undefined);
    if (ready?.ok) return { child, url };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
