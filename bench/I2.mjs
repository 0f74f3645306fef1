import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onGround } from './ground.mjs';
import { writeReturns } from './ingest/feed-file.mjs';
import { median, ratioOf, round } from './measure.mjs';
import { cpuSeconds, memoryHighMb, startChild } from './processes.mjs';

const feed = 'tax.vat-return';
const million = 1_000_000;
/** Where a row's cost is told; at each of them as many deliveries as there are rounds. */
const sizes = [1, 5, 50];

export const bench = {
  what: 'cost of a row as the tables grow: processor time of new rows in the last deliveries before so many millions, over the first million',
  floor: 1.2,
  stretch: 1.05,
  better: 'less',
  async run({ quick, rows = quick ? 100_000 : million, rounds: most = quick ? 3 : sizes.at(-1) }) {
    const folder = mkdtempSync(join(tmpdir(), 'xinqiao-bench-'));
    try {
      return await onGround(async (ground) => {
        const worker = await startChild('ingest/worker.mjs', { ...ground.settings, INGESTION_WORKER: 'false' });
        const seen = [];
        for (let delivery = 0; delivery < most; delivery += 1) {
          seen.push(await load({ ...ground, folder, worker, rows, delivery, stride: most }));
          const { serverUs, nodeUs, rate } = seen.at(-1);
          console.log(
            `${delivery + 1}  PostgreSQL ${round(serverUs)} µs, Node ${round(nodeUs)} µs, ${round(rate)} rows/s`,
          );
        }
        const memory = memoryHighMb(worker.pid);
        await worker.stop();
        const { rows: disk } = await ground.owner.query(
          `select sum(pg_total_relation_size(inhrelid)) / $1::float8 as bytes from pg_inherits
           where inhparent in ('ingestion.record'::regclass, 'ingestion.record_head'::regclass)`,
          [rows * most],
        );
        const settings = { 'rows a delivery': rows, deliveries: most, feed };
        return { ...summed(seen, memory, disk[0].bytes), settings, versions: ground.versions };
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** One more delivery, of enterprises that are not there yet and stand between those that are: any page may be touched. */
async function load({ owner, serverPid, worker, folder, rows, delivery, stride }) {
  const path = join(folder, `${delivery}.csv`);
  await writeReturns({ path, feed, rows, order: 'enterprise', changed: false, from: delivery, stride });
  const id = await worker.call('take', { feed, path, reference: randomUUID() });
  rmSync(path);
  const spent = async () => [await cpuSeconds(serverPid, { children: true }), await cpuSeconds(worker.pid)];
  const before = await spent();
  const seconds = await worker.call('run');
  const [serverUs, nodeUs] = (await spent()).map((value, at) => ((value - before[at]) / rows) * 1e6);
  const { rows: found } = await owner.query('select accepted::int, status from ingestion.batch where id = $1', [id]);
  if (found[0].accepted !== rows) throw new Error(`accepted ${found[0].accepted} of ${rows}, ${found[0].status}`);
  return { serverUs, nodeUs, rate: rows / seconds };
}

/** A delivery is an island: its neighbours say how much of it is chance. */
function around(seen, size) {
  const last = Math.min(size, seen.length);
  return seen.slice(Math.max(0, last - 3), last);
}

function summed(seen, memoryMb, bytes) {
  const total = ({ serverUs, nodeUs }) => serverUs + nodeUs;
  const first = total(seen[0]);
  const late = around(seen, seen.length).map(total);
  const line = (what, unit, values) => ({ what, ours: { unit, rounds: values.map(round) }, better: 'less' });
  return {
    ours: { unit: 'µs a row', rounds: late.map(round) },
    base: { what: 'the first delivery into empty tables', unit: 'µs a row', rounds: late.map(() => round(first)) },
    ratio: ratioOf(
      late,
      late.map(() => first),
      'less',
    ),
    also: [
      ...sizes
        .filter((size) => size <= seen.length)
        .flatMap((size) => [
          line(
            `PostgreSQL CPU a row, up to delivery ${size}`,
            'µs',
            around(seen, size).map((one) => one.serverUs),
          ),
          line(
            `Node CPU a row, up to delivery ${size}`,
            'µs',
            around(seen, size).map((one) => one.nodeUs),
          ),
        ]),
      {
        what: 'rows a second, all deliveries',
        ours: { unit: 'rows/s', rounds: [round(median(seen.map((one) => one.rate)))] },
      },
      line('disk of a record with its head and their indexes', 'bytes', [bytes]),
      line('memory of the worker, high-water', 'MB', [memoryMb]),
    ],
  };
}
