import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { addBanks, onGround, signer } from './ground.mjs';
import { comparison, figure, interleave, pluck, ratioOf, round } from './measure.mjs';
import { cpuSeconds, startChild } from './processes.mjs';

const connections = 64;

export const bench = {
  what: 'framework floor: a signed-in route that does nothing, with all middleware',
  floor: 0.6,
  stretch: 0.8,
  async run({ quick, rounds = quick ? 1 : 7, seconds = quick ? 1 : 5 }) {
    return onGround(async ({ owner, settings, versions }) => {
      const own = await startChild('framework/own-server.mjs', settings);
      const bare = await startChild('framework/bare-server.mjs');
      const headers = { authorization: `Bearer ${await aToken(owner)}` };
      const seen = await interleave({
        rounds,
        ours: () => load(own, { seconds, headers }),
        base: () => load(bare, { seconds, headers }),
      });
      await Promise.all([own.stop(), bare.stop()]);
      return { ...summed(seen), settings: { connections, seconds, load: 'autocannon' }, versions };
    });
  },
};

function summed({ ours, base }) {
  const [ourRates, baseRates] = [pluck(ours, 'rate'), pluck(base, 'rate')];
  return {
    ours: { unit: 'requests/s', rounds: ourRates.map(round) },
    base: {
      what: 'the same answer from a bare NestJS and Fastify route',
      unit: 'requests/s',
      rounds: baseRates.map(round),
    },
    ratio: ratioOf(ourRates, baseRates),
    also: [
      {
        ...comparison('server CPU a request', 'µs', [pluck(ours, 'cpuUs'), pluck(base, 'cpuUs')], 'less'),
        better: 'less',
      },
      { ...figure('p99', 'ms', pluck(ours, 'p99')), better: 'less' },
    ],
  };
}

async function aToken(owner) {
  const manager = { personId: randomUUID(), sessionId: randomUUID() };
  const bank = { id: randomUUID(), code: 'BENCH', managers: [manager] };
  const sign = await signer(owner);
  await addBanks(owner, [bank]);
  return sign({ ...manager, organisationId: bank.id });
}

async function load({ pid, value: { url } }, { seconds, headers }) {
  await fire(url, 1, headers);
  const before = await cpuSeconds(pid);
  const { requests, latency, non2xx, errors } = await fire(url, seconds, headers);
  if (non2xx + errors > 0) throw new Error(`${non2xx} wrong answers and ${errors} errors from ${url}`);
  return {
    rate: requests.total / seconds,
    cpuUs: (((await cpuSeconds(pid)) - before) / requests.total) * 1e6,
    p50: latency.p50,
    p99: latency.p99,
  };
}

/** autocannon in a process of its own, so that it never waits for us. */
async function fire(url, seconds, headers) {
  const program = join(import.meta.dirname, '../node_modules/autocannon/autocannon.js');
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, '-c', String(connections), '-d', String(seconds), '-j', '-n', ...given, url],
    { maxBuffer: 1e8 },
  );
  return JSON.parse(stdout);
}
