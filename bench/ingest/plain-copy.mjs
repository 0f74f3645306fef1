// The other side: the very rows that the service made, as binary COPY files in the order of the lines, sent back into
// the same indexed tables, one connection for each feed.
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import pg from 'pg';
import pgCopyStreams from 'pg-copy-streams';

/** Heads of a second load cannot be inserted twice, so its base gives them a feed number of their own. */
const otherFeed = 100;

/** Keeps what the first load has made, and what a second load of the same size would add. */
export async function keepRows({ owner, folder, feeds }) {
  const record = (version) =>
    `select uscc, feed_id, record_key, ${version} as version, op, event_date, report_date, fields, batch_id, line_number,
            received_at from ingestion.record`;
  const head = (feed) =>
    `select h.feed_id + ${feed} as feed_id, h.record_key, h.uscc, h.version, h.report_date, h.withdrawn, h.hash
     from ingestion.record_head h join ingestion.record r using (uscc, feed_id, record_key, version)`;
  for (const feed of feeds) {
    const { rows } = await owner.query('select id from ingestion.feed where feed = $1', [feed]);
    const ofFeed = `where feed_id = ${rows[0].id} order by line_number`;
    await copyOut(owner, `${record(1)} ${ofFeed}`, join(folder, `${feed}.first.record`));
    await copyOut(owner, `${record(2)} ${ofFeed}`, join(folder, `${feed}.second.record`));
    const heads = `where h.feed_id = ${rows[0].id} order by r.line_number`;
    await copyOut(owner, `${head(0)} ${heads}`, join(folder, `${feed}.first.head`));
    await copyOut(owner, `${head(otherFeed)} ${heads}`, join(folder, `${feed}.second.head`));
  }
}

async function copyOut(pool, select, path) {
  const client = await pool.connect();
  try {
    // feed_id + n is an integer; binary COPY wants the column's own type.
    const typed = select.replace(/h\.feed_id \+ (\d+) as/, '(h.feed_id + $1)::smallint as');
    await pipeline(
      client.query(pgCopyStreams.to(`copy (${typed}) to stdout (format binary)`)),
      createWriteStream(path),
    );
  } finally {
    client.release();
  }
}

/** Seconds that plain COPY takes for all feeds at once. */
export async function copyIn({ ownerUrl, folder, feeds, load }) {
  const clients = await Promise.all(
    feeds.map(async () => {
      const client = new pg.Client({ connectionString: ownerUrl });
      await client.connect();
      return client;
    }),
  );
  const began = performance.now();
  await Promise.all(
    feeds.map(async (feed, at) => {
      for (const kind of ['record', 'head']) {
        const table = kind === 'head' ? 'record_head' : 'record';
        const columns =
          kind === 'head'
            ? 'feed_id, record_key, uscc, version, report_date, withdrawn, hash'
            : 'uscc, feed_id, record_key, version, op, event_date, report_date, fields, batch_id, line_number, received_at';
        const into = clients[at].query(
          pgCopyStreams.from(`copy ingestion.${table} (${columns}) from stdin (format binary)`),
        );
        await pipeline(createReadStream(join(folder, `${feed}.${load}.${kind}`), { highWaterMark: 1 << 20 }), into);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  await Promise.all(clients.map((client) => client.end()));
  return seconds;
}
