// Sixteen writers whose acts are transactions with a row of their own, and the wait until all they told has had its effect.
import { setTimeout as pause } from 'node:timers/promises';

import pg from 'pg';

export const writers = 16;
export const keyOf = (number) => `key-${number % 1_000}`;

export const openPool = (max = writers) => {
  const pool = new pg.Pool({ connectionString: process.env.BENCH_URL, max });
  return pool.on('error', () => undefined);
};

export const actSql =
  'insert into bench.act (number, key) select number, key from unnest($1::bigint[], $2::text[]) as act (number, key)';
export const effectSql =
  'insert into bench.effect (number, key) select number, key from unnest($1::bigint[], $2::text[]) as act (number, key)';

/** Numbers as the two columns of the statements above. */
export const columns = (numbers) => [numbers, numbers.map(keyOf)];

/** `act(numbers)` is one transaction. */
export async function write({ events, perAct }, act) {
  let next = 0;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (next < events) {
        const from = next;
        next += perAct;
        await act(Array.from({ length: perAct }, (_, at) => from + at));
      }
    }),
  );
}

/** The rate from the first act to the last effect; `heard` tells how many were handled. */
export async function timed({ events }, pool, heard, work) {
  const began = performance.now();
  await work();
  while (heard() < events) await pause(1);
  for (;;) {
    const { rows } = await pool.query('select count(*)::int as count from bench.effect');
    if (rows[0].count === events) break;
    if (rows[0].count > events) throw new Error(`${rows[0].count} effects of ${events} events`);
    await pause(1);
  }
  return { rate: (events / (performance.now() - began)) * 1_000 };
}
