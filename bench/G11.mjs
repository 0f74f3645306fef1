import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onGround } from './ground.mjs';
import { writeReturns } from './ingest/feed-file.mjs';
import { copyIn, keepRows } from './ingest/plain-copy.mjs';
import { comparison, figure, interleave, pluck, ratioOf, round } from './measure.mjs';
import { cpuSeconds, memoryHighMb, startChild } from './processes.mjs';

/** A feed's batches are worked on one after another, so each feed is one connection. */
const feedsThere = ['tax.vat-return', 'social-insurance.headcount'];
const tables = 'record, record_head, stale_record, quarantine, part, batch, outbox';

export const bench = {
  what: 'ingest: contract-checked, deduplicated, versioned rows, from a file on disk to committed records with events',
  floor: 0.45,
  stretch: 0.7,
  async run({ quick, rounds = quick ? 1 : 5, rows = quick ? 50_000 : 500_000, connections = 1, order = 'enterprise' }) {
    const folder = mkdtempSync(join(tmpdir(), 'xinqiao-bench-'));
    try {
      return await onGround(async (ground) => {
        const feeds = feedsThere.slice(0, connections);
        const bout = { ...ground, folder, feeds, rows: Math.floor(rows / connections) * connections, order };
        await writeFiles(bout);
        bout.worker = await startChild('ingest/worker.mjs', { ...ground.settings, INGESTION_WORKER: 'false' });
        const seen = await interleave({ rounds, ours: (turn) => ours(bout, turn), base: () => base(bout) });
        const memory = memoryHighMb(bout.worker.pid);
        await bout.worker.stop();
        const settings = {
          rows: bout.rows,
          connections,
          order: `by ${order}`,
          feeds: feeds.join(' and '),
          'rows a part': 5_000,
        };
        return { ...summed(seen, memory), settings, versions: ground.versions };
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function writeFiles({ folder, feeds, rows, order }) {
  for (const [at, feed] of feeds.entries())
    for (const changed of [false, true]) {
      const path = join(folder, `${feed}.${changed ? 'changed' : 'first'}.csv`);
      await writeReturns({ path, feed, rows: rows / feeds.length, order, changed, from: at * 10_000_000 });
    }
}

const clear = async ({ owner }) => {
  await owner.query(`truncate ${tables.replaceAll(/\w+/g, 'ingestion.$&')} cascade`);
  await owner.query('checkpoint');
};

/** First load, then a delivery in which every second row is another, then that delivery once more. */
async function ours(bout, turn) {
  await clear(bout);
  const half = bout.rows / 2;
  const first = await load(bout, 'first', { accepted: bout.rows, unchanged: 0 });
  if (turn === 0) await keepRows(bout);
  const reload = await load(bout, 'changed', { accepted: half, unchanged: half });
  const again = await load(bout, 'changed', { accepted: 0, unchanged: bout.rows });
  return {
    first: first.rate,
    reload: reload.rate,
    unchanged: again.rate,
    nodeUs: first.nodeUs,
    serverUs: first.serverUs,
    reloadNodeUs: reload.nodeUs,
    reloadServerUs: reload.serverUs,
  };
}

async function load({ worker, owner, folder, feeds, rows, serverPid }, file, expected) {
  const ids = [];
  for (const feed of feeds)
    ids.push(await worker.call('take', { feed, path: join(folder, `${feed}.${file}.csv`), reference: randomUUID() }));
  await owner.query('checkpoint');
  const spentSoFar = async () => [await cpuSeconds(worker.pid), await cpuSeconds(serverPid, { children: true })];
  const before = await spentSoFar();
  const seconds = await worker.call('run');
  const spent = (await spentSoFar()).map((now, at) => now - before[at]);
  await check(owner, ids, expected);
  const [nodeUs, serverUs] = spent.map((value) => (value / rows) * 1e6);
  return { rate: rows / seconds, nodeUs, serverUs };
}

/** A load that does not count as it should is no measurement. */
async function check(owner, ids, expected) {
  const { rows } = await owner.query(
    `select sum(accepted)::int as accepted, sum(unchanged)::int as unchanged, bool_and(status = 'DONE') as done
     from ingestion.batch where id = any($1)`,
    [ids],
  );
  const [{ accepted, unchanged, done }] = rows;
  if (!done || accepted !== expected.accepted || unchanged !== expected.unchanged)
    throw new Error(`accepted ${accepted}, unchanged ${unchanged}, done ${done}; expected ${JSON.stringify(expected)}`);
}

/** COPY of as many rows: into the empty tables, then into the tables that hold the first load. */
async function base(bout) {
  await clear(bout);
  const before = await cpuSeconds(bout.serverPid, { children: true });
  const first = bout.rows / (await copyIn({ ...bout, load: 'first' }));
  const serverUs = (((await cpuSeconds(bout.serverPid, { children: true })) - before) / bout.rows) * 1e6;
  await bout.owner.query('checkpoint');
  return { first, second: bout.rows / (await copyIn({ ...bout, load: 'second' })), serverUs };
}

function summed({ ours: own, base: plain }, memoryMb) {
  const of = (name) => pluck(own, name);
  const less = (line) => ({ ...line, better: 'less' });
  return {
    ours: { unit: 'rows/s', rounds: of('first').map(round) },
    base: {
      what: 'binary COPY of the same typed rows into the same indexed tables, with as many connections',
      unit: 'rows/s',
      rounds: pluck(plain, 'first').map(round),
    },
    ratio: ratioOf(of('first'), pluck(plain, 'first')),
    also: [
      comparison('half-changed reload', 'rows/s', [of('reload'), pluck(plain, 'second')]),
      figure('unchanged reload', 'lines/s', of('unchanged')),
      less(comparison('first load, PostgreSQL CPU a row', 'µs', [of('serverUs'), pluck(plain, 'serverUs')], 'less')),
      less(figure('first load, Node CPU a row', 'µs', of('nodeUs'))),
      less(figure('half-changed reload, PostgreSQL CPU a row', 'µs', of('reloadServerUs'))),
      less(figure('half-changed reload, Node CPU a row', 'µs', of('reloadNodeUs'))),
      less(figure('memory of the worker, high-water', 'MB', [memoryMb])),
    ],
  };
}
