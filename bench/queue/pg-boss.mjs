// pg-boss at its best: fetched 500 at a time without a pause in between, one effect statement and one completion for them.
import PgBoss from 'pg-boss';

import { answering } from '../processes.mjs';
import { actSql, columns, effectSql, keyOf, openPool, timed, write } from './load.mjs';

const name = 'counted';
const loops = 2;
const pool = openPool();
const boss = new PgBoss({ connectionString: process.env.BENCH_URL, max: 8, supervise: false, schedule: false });
await boss.start();
await boss.createQueue(name);

let heard = 0;
let wanted = 0;
async function hear() {
  while (heard < wanted) {
    const jobs = await boss.fetch(name, { batchSize: 500 });
    if (jobs.length === 0) continue;
    await pool.query(effectSql, columns(jobs.map(({ data }) => data.number)));
    await boss.complete(
      name,
      jobs.map(({ id }) => id),
    );
    heard += jobs.length;
  }
}

async function act(numbers) {
  const client = await pool.connect();
  try {
    const db = { executeSql: (text, values) => client.query(text, values) };
    await client.query('begin');
    await client.query(actSql, columns(numbers));
    const list = numbers.map((number) => ({ name, data: { key: keyOf(number), number } }));
    if (list.length === 1) await boss.send(name, list[0].data, { db });
    else await boss.insert(list, { db });
    await client.query('commit');
  } finally {
    client.release();
  }
}

answering(true, {
  carry: async (load) => {
    [heard, wanted] = [0, load.events];
    const hearing = Array.from({ length: loops }, hear);
    const result = await timed(
      load,
      pool,
      () => heard,
      () => write(load, act),
    );
    await Promise.all(hearing);
    return result;
  },
});
