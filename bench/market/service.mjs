// The marketplace as it runs in a cluster, a process of its own with its relay at work, and tokens for all of its banks.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { cpuSeconds, freePort, stop } from '../processes.mjs';
import { banks, idOf, kinds, managerNumber, managersOf } from './pairs.mjs';

export const allBanks = () =>
  Array.from({ length: banks }, (_, bank) => ({
    bank,
    managers: Array.from({ length: managersOf(bank) }, (__, manager) => managerNumber(bank, manager)),
  }));

/** By number of the manager. They live a quarter of an hour. */
export async function tokensOf({ bankIds, sign }) {
  const tokens = {};
  for (const { bank, managers } of bankIds)
    for (const manager of managers)
      tokens[manager] = await sign({
        personId: idOf(kinds.manager, manager),
        sessionId: idOf(kinds.session, manager),
        organisationId: idOf(kinds.bank, bank),
      });
  return tokens;
}

const tokensRenewedMs = 300_000;

/**
 * Tokens for a bench that may take longer than they live: made anew in the same object, until `end` is called.
 * @template {object} T
 * @param {() => Promise<T>} make
 */
export async function renewing(make) {
  const tokens = await make();
  const timer = setInterval(() => void make().then((fresh) => Object.assign(tokens, fresh)), tokensRenewedMs);
  return { tokens, end: () => clearInterval(timer) };
}

/** BENCH_NODE_FLAGS=--cpu-prof shows where its time goes. */
export async function startMarketplace(settings, port) {
  const own = port ?? (await freePort());
  const flags = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '');
  const main = join(import.meta.dirname, '../../dist/apps/marketplace/src/main.js');
  const child = spawn(process.execPath, [...flags, main], {
    env: { ...process.env, ...settings, PORT: String(own), HOST: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${own}/api/marketplace/health/ready`).catch(() => undefined);
    if (answer?.ok) {
      process.once('exit', () => child.kill('SIGKILL'));
      return { child, port: own };
    }
    await pause(100);
  }
  await stop(child, 'SIGKILL');
  throw new Error('the marketplace does not start');
}

/** The service matches all needs of a market that it has never seen, half a minute after its start. */
export async function matched(owner) {
  for (let tries = 0; tries < 3_000; tries += 1) {
    const { rowCount } = await owner.query('select from marketplace.match_state');
    if (rowCount > 0) return;
    await pause(100);
  }
  throw new Error('the market is not matched after five minutes');
}

const quietMs = 2_000;
const quietShare = 0.1;

/** What a new market makes of its needs once (matches, first rounds of jobs) is no grab: waits until that is done. */
export async function settled({ serverPid, service }) {
  const spent = async () => (await cpuSeconds(service.child.pid)) + (await cpuSeconds(serverPid, { children: true }));
  for (let [waited, before] = [0, await spent()]; waited < 120_000; waited += quietMs) {
    await pause(quietMs);
    const now = await spent();
    if (now - before < quietShare * (quietMs / 1_000)) return;
    before = now;
  }
}
