// graphile-worker as its page on performance advises: jobs fetched 500 at a time, completions gathered. A task is one job.
import { Logger, run } from 'graphile-worker';

import { answering } from '../processes.mjs';
import { actSql, columns, effectSql, keyOf, openPool, timed, write } from './load.mjs';

const pool = openPool();
let heard = 0;
await run({
  connectionString: process.env.BENCH_URL,
  logger: new Logger(() => () => undefined),
  noHandleSignals: true,
  parsedCronItems: [],
  preset: {
    worker: {
      concurrentJobs: 24,
      maxPoolSize: 24,
      pollInterval: 100,
      localQueue: { size: 500 },
      completeJobBatchDelay: 5,
    },
  },
  taskList: {
    counted: async ({ number }, helpers) => {
      await helpers.withPgClient((client) => client.query(effectSql, columns([number])));
      heard += 1;
    },
  },
});

async function act(numbers) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(actSql, columns(numbers));
    if (numbers.length === 1)
      await client.query(`select graphile_worker.add_job('counted', $1::json)`, [
        { key: keyOf(numbers[0]), number: numbers[0] },
      ]);
    else
      await client.query(
        `select graphile_worker.add_jobs(array(
           select json_populate_record(null::graphile_worker.job_spec, job) from json_array_elements($1::json) as job))`,
        [JSON.stringify(numbers.map((number) => ({ identifier: 'counted', payload: { key: keyOf(number), number } })))],
      );
    await client.query('commit');
  } finally {
    client.release();
  }
}

answering(true, {
  carry: async (load) => {
    heard = 0;
    return timed(
      load,
      pool,
      () => heard,
      () => write(load, act),
    );
  },
});
