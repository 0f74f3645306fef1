import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

import type { PeriodicJob } from '@app/service';

import type { TestClient } from '../../../test/support/test-service.js';
import { CaseClockJob, Housekeeping } from '../src/marketplace.module.js';
import { TurnJob } from '../src/waiting/turn.job.js';
import { type Market, startMarket } from './support/market.js';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const root = '/api/marketplace';
/** The last moment of Tuesday in Suzhou: a case of Monday has to be contacted by then. */
const deadline = new Date('2026-11-24T15:59:59.999Z');
const secondMs = 1_000;

interface Held {
  needId: string;
  grabId: string;
}

describe('a deadline that passes while processes are killed', () => {
  let market: Market;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    market = await startMarket();
    // Whatever happens by itself happens in the other process, by its own clock.
    for (const job of [Housekeeping, TurnJob, CaseClockJob]) await market.app.get<PeriodicJob>(job).pause();
    await market.limit('maxGrabsPerNeed', 1);
    await market.limit('lapsesToSuspend', 2);
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await market.stop();
  });

  const query = <T extends object>(sql: string, ...values: unknown[]) => market.db.query<T>(sql, values);
  const lapsed = () =>
    query<{ id: string; at: Date }>(`select id, ended_at as at from marketplace.grab where status = 'LAPSED'`);
  const placed = () => query<{ id: string }>(`select grab_id as id from marketplace.entry where status = 'PLACED'`);
  const until = async (wanted: () => Promise<boolean>, withinMs = 90_000) => {
    const end = Date.now() + withinMs;
    while (!(await wanted())) {
      if (Date.now() > end) throw new Error('it did not come to that in time');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const start = (at: Date, port = 0): ChildProcess => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        file('./support/shifted-clock.mjs'),
        '--import',
        file('../../../test/support/run-ts.mjs'),
        file('../src/main.ts'),
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, PORT: String(port), CLOCK_STARTS_AT: at.toISOString() },
      },
    );
    children.push(child);
    return child;
  };
  const kill = async (child: ChildProcess) => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  const after = (seconds: number) => new Date(deadline.getTime() + seconds * secondMs);
  const grabAs = async (bank: TestClient): Promise<Held> => {
    const { id: needId } = await market.need();
    return { needId, grabId: (await market.grab(bank, needId)).body.id };
  };

  it('lapses each case once, frees its place once, rests the bank, and gives the places to who waits', async () => {
    const [late, next, reliable] = await market.banks(3);
    const cases = [await grabAs(late!), await grabAs(late!)];
    const kept = await grabAs(reliable!);
    for (const { needId } of cases)
      expect((await next!.post(`${root}/needs/${needId}/waiting`, { intendedFen: '1000000' })).status).toBe(201);
    await reliable!.post(`${root}/grabs/${kept.grabId}/contact`, { method: 'PHONE', note: '已联系' });
    // The lapse takes a second of its transaction, so that a process can be killed within it.
    await query(`
      create function marketplace.linger() returns trigger language plpgsql as $$
      begin if new.status = 'LAPSED' then perform pg_sleep(1); end if; return new; end $$`);
    await query(
      'create trigger linger before update on marketplace.grab for each row execute function marketplace.linger()',
    );

    const first = start(after(-8));
    const lingers = `select 1 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`;
    await until(async () => (await query(lingers)).length > 0);
    expect(await lapsed()).toEqual([]);
    await kill(first);
    await until(async () => (await query(lingers)).length === 0);
    expect(await lapsed()).toEqual([]);
    await query('drop trigger linger on marketplace.grab');

    const second = start(after(30));
    await until(async () => (await lapsed()).length > 0);
    await kill(second);
    const third = start(after(60));
    await until(async () => (await placed()).length === 2);
    await kill(third);
    // Two copies that find nothing left to do.
    const ports = [await freePort(), await freePort()];
    const copies = ports.map((port, index) => start(after(120 + index), port));
    for (const port of ports) await until(async () => (await roundsOf(port)) >= 2);
    await Promise.all(copies.map(kill));

    expect((await lapsed()).map(({ id }) => id).toSorted()).toEqual(cases.map(({ grabId }) => grabId).toSorted());
    for (const { at } of await lapsed()) expect(at > deadline).toBe(true);
    expect(
      await query(`select 1 from marketplace.grab where id = $1 and status = 'CONTACTED'`, kept.grabId),
    ).toHaveLength(1);
    const acts = await query<{ act: string; times: number }>(
      `select coalesce(to_status, act) as act, count(*)::integer as times from marketplace.audit
       where subject = 'grab' and subject_id = any($1::uuid[]) group by 1 order by 1`,
      cases.map(({ grabId }) => grabId),
    );
    expect(acts).toEqual([
      { act: 'ACTIVE', times: 2 },
      { act: 'LAPSED', times: 2 },
      { act: 'REMINDED', times: 2 },
    ]);
    const told = await query<{ grab: string; events: number }>(
      `select grab, count(distinct id)::integer as events from (
         select data->>'grabId' as grab, event_id::text as id, data->>'to' as state from marketplace.outbox
         where topic = 'marketplace.grab.changed.v1'
         union all
         select event->'data'->>'grabId', event->>'id', event->'data'->>'to' from bus.message
         where topic = 'marketplace.grab.changed.v1') as events
       where state = 'LAPSED' group by grab`,
    );
    expect(told.map(({ events }) => events)).toEqual([1, 1]);
    await served(next!, late!, cases);
  }, 400_000);

  /** The next bank has both places, with clocks that run from when it got them; the late one rests for a week. */
  async function served(next: TestClient, late: TestClient, cases: readonly Held[]) {
    market.clock.set(after(300));
    const open = (await next.get(`${root}/grabs`)).body.items as {
      needId: string;
      status: string;
      contactBy: string;
    }[];
    expect(open.map(({ needId }) => needId).toSorted()).toEqual(cases.map(({ needId }) => needId).toSorted());
    for (const { status, contactBy } of open)
      expect([status, contactBy]).toEqual(['ACTIVE', '2026-11-26T15:59:59.999Z']);
    const { id } = await market.need();
    expect((await market.grab(late, id)).body).toMatchObject({ status: 403, code: 'MARKETPLACE.COOLING_DOWN' });
    expect((await market.grab(next, id)).status).toBe(201);
    expect(await market.miscounts()).toEqual([]);
    const operator = await market.as('operator');
    const { items } = (await operator.get(`${root}/invariants`)).body as {
      items: { code: string; violations: number }[];
    };
    expect(items.filter(({ violations }) => violations > 0)).toEqual([]);
  }
});

/** Rounds of housekeeping that a process has done. */
async function roundsOf(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/marketplace/metrics`).catch(() => undefined);
  const [, done] = /task="Housekeeping",outcome="done"[^}]*\} (\d+)/.exec((await answer?.text()) ?? '') ?? [];
  return Number(done ?? 0);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
