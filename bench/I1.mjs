import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { until } from './crash/house.mjs';
import { onGround } from './ground.mjs';
import { writeReturns } from './ingest/feed-file.mjs';
import { startIngestion } from './ingest/service.mjs';
import { figure } from './measure.mjs';
import { startChild, stop } from './processes.mjs';
import { dice } from './search/city.mjs';

const feeds = ['tax.vat-return', 'social-insurance.headcount'];
const files = ['first', 'changed'];
const copies = 2;
/** Small parts, so that there is something to lose at any moment. */
const partRowsMax = 1_000;
/** So many parts are committed before the next process dies, and up to so long is waited then. */
const partsBetween = 3;
const hesitationMs = 250;
const workMs = 1_800_000;

export const bench = {
  what: 'crash in ingestion: rows lost, doubled or counted otherwise than in a load without incident, two copies killed with -9',
  floor: 0,
  stretch: 0,
  better: 'less',
  async run({ quick, rounds: kills = quick ? 4 : 50, rows = quick ? 30_000 : 800_000 }) {
    const folder = mkdtempSync(join(tmpdir(), 'xinqiao-bench-'));
    try {
      return await onGround(async (ground) => {
        await writeFiles(folder, rows);
        const settings = { ...ground.settings, PART_ROWS_MAX: String(partRowsMax) };
        const intake = await startChild('ingest/worker.mjs', { ...settings, INGESTION_WORKER: 'false' });
        const bout = { ...ground, settings, folder, intake };
        await deliver(bout);
        await intake.call('run');
        const clean = await audit(ground.owner);
        await clear(ground.owner);
        await deliver(bout);
        await intake.stop();
        const killed = await killing(bout, kills);
        const seen = await audit(ground.owner);
        const settingsShown = {
          'rows a file': rows,
          files: feeds.length * files.length,
          copies,
          'rows a part': partRowsMax,
        };
        return { ...summed({ clean, seen, killed }), settings: settingsShown, versions: ground.versions };
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const pathOf = (folder, feed, file) => join(folder, `${feed}.${file}.csv`);

async function writeFiles(folder, rows) {
  for (const [at, feed] of feeds.entries())
    for (const file of files)
      await writeReturns({
        path: pathOf(folder, feed, file),
        feed,
        rows,
        order: 'enterprise',
        changed: file === 'changed',
        from: at * 10_000_000,
      });
}

/** Both files of a feed at once: the second waits until the first is done. */
async function deliver({ intake, folder }) {
  for (const file of files)
    for (const feed of feeds)
      await intake.call('take', { feed, path: pathOf(folder, feed, file), reference: randomUUID() });
}

async function clear(owner) {
  const tables = 'record, record_head, stale_record, quarantine, part, batch, outbox';
  await owner.query(`truncate ${tables.replaceAll(/\w+/g, 'ingestion.$&')}, bus.message cascade`);
}

/** Kills one copy or the other whenever a few more parts are committed, and lets the last ones work to the end. */
async function killing({ owner, settings }, kills) {
  const roll = dice(50);
  const count = async (sql) => Number((await owner.query(sql)).rows[0].count);
  const parts = () => count('select count(*) from ingestion.part');
  const open = () => count(`select count(*) from ingestion.batch where status not in ('DONE', 'FAILED')`);
  const start = () => startIngestion({ ...settings, INGESTION_WORKER: 'true' });
  const running = await Promise.all(Array.from({ length: copies }, start));
  let done = 0;
  for (let [before, left] = [await parts(), await open()]; done < kills && left > 0; left = await open()) {
    await until(async () => (await parts()) >= before + partsBetween || (await open()) === 0);
    await pause(roll(hesitationMs));
    const at = roll(copies);
    await stop(running[at], 'SIGKILL');
    done += 1;
    before = await parts();
    running[at] = await start();
  }
  await until(async () => (await open()) === 0, workMs);
  await Promise.all(running.map((child) => stop(child)));
  return done;
}

/** All that a load leaves behind, without what differs from load to load (ids, instants, which part a row was in). */
async function audit(owner) {
  const one = async (sql) => (await owner.query(sql)).rows[0];
  const sum = (list) => `sum(hashtextextended(concat_ws('|', ${list}), 0)::numeric)::text`;
  return {
    batches: await one(`
      select string_agg(concat_ws(' ', feed, status, read, accepted, unchanged, stale, quarantined, refused), '; '
               order by feed, arrival) as told,
             sum(read)::int as read,
             sum(accepted + unchanged + stale + quarantined + refused)::int as accounted
      from ingestion.batch`),
    records: await one(`
      select count(*)::int as count,
             ${sum('uscc, feed_id, record_key, version, op, event_date, report_date, fields, line_number')} as checksum
      from ingestion.record`),
    heads: await one(`
      select count(*)::int as count, ${sum('feed_id, record_key, uscc, version, report_date, withdrawn, hash')} as checksum
      from ingestion.record_head`),
    news: await one(`
      with told as (
        select event ->> 'id' as id, event -> 'data' as data from bus.message where topic = 'ingestion.records.changed.v1'
        union
        select event_id::text, data from ingestion.outbox where topic = 'ingestion.records.changed.v1'
      ), by_enterprise as (
        select data ->> 'uscc' as uscc, data ->> 'feed' as feed, sum((data ->> 'records')::int) as records
        from told group by 1, 2
      )
      select sum(records)::int as count, ${sum('uscc, feed, records')} as checksum from by_enterprise`),
  };
}

function summed({ clean, seen, killed }) {
  const off = (what) => Math.abs(seen[what].count - clean[what].count);
  const other = ['records', 'heads', 'news'].filter((what) => seen[what].checksum !== clean[what].checksum);
  const counted = seen.batches.told === clean.batches.told ? 0 : 1;
  const unaccounted = Math.abs(seen.batches.read - seen.batches.accounted);
  console.log(JSON.stringify({ killed, seen, clean: seen.batches.told === clean.batches.told ? 'the same' : clean }));
  const less = (what, unit, value) => ({ ...figure(what, unit, [value]), better: 'less' });
  const wrong = off('records') + off('heads') + off('news') + other.length + counted + unaccounted;
  return {
    ours: { unit: 'lost, doubled or other', rounds: [wrong] },
    base: null,
    ratio: null,
    also: [
      less('versions too many or too few', 'records', off('records')),
      less('heads too many or too few', 'records', off('heads')),
      less('records told of too often or too seldom', 'records', off('news')),
      less('sums over all contents that differ', 'sums', other.length),
      less('lines read and not accounted for', 'lines', unaccounted),
      figure('lines read', 'lines', [seen.batches.read]),
      figure('versions kept', 'records', [seen.records.count]),
      figure('kill -9', 'times', [killed]),
    ],
  };
}
