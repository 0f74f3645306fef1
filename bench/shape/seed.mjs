// A city of any size straight into the tables: what it takes to read at that size, and nothing that has to be worked out.
import { seedMarket } from '../market/seed.mjs';
import { aCity, fill, openIndex } from '../search/city.mjs';
import { usccOf } from '../uscc.mjs';
import { addActs, addMargins } from './acts.mjs';

export const recordsOfEnterprise = 77;
const needsShare = 10;
/** Makes 2.6 million acts for a city of 647,000. */
const factsOfEnterprise = 4;
const rowsPerStatement = 5_000;

export async function seedShape({ owner, settings, enterprises, bankIds }) {
  const needs = Math.max(50, Math.floor(enterprises / needsShare));
  await seedMarket(owner, { needs, bankIds });
  await numberEnterprises(owner, enterprises);
  await addProfiles(owner);
  const began = performance.now();
  const records = await addRecords(owner, enterprises);
  const rate = (records / (performance.now() - began)) * 1_000;
  const marginSeconds = await addFacts(owner);
  Object.assign(process.env, settings);
  const { db, index } = await openIndex();
  await owner.query('truncate profiling.search_document');
  await fill(db, index, owner, enterprises);
  await db.destroy();
  await owner.query('vacuum analyze');
  const names = aCity(Math.min(enterprises, 2_000)).map((one) => one.names[0]);
  return { enterprises, records, needs, names, rate, marginSeconds };
}

async function numberEnterprises(owner, count) {
  await owner.query('create table bench.enterprise (number int primary key, uscc text not null)');
  for (let from = 0; from < count; from += rowsPerStatement) {
    const numbers = Array.from({ length: Math.min(rowsPerStatement, count - from) }, (_, at) => from + at);
    await owner.query('insert into bench.enterprise select * from unnest($1::int[], $2::text[])', [
      numbers,
      numbers.map((number) => usccOf(number)),
    ]);
  }
}

/** Portraits like the one that was worked out, over districts, forty industries and tiers. */
async function addProfiles(owner) {
  await owner.query(`
    insert into profiling.enterprise
      (uscc, name, former_names, district, industry, industry2, status, tier, titles, score, score_band, model_version,
       score_id, dimensions, profile, visible_hash, review_on, withdrawn, updated_at)
    select one.uscc, '苏州测试企业' || number, '{}', '3205' || lpad((1 + number % 9)::text, 2, '0'), 'C3911',
           (13 + number % 40)::text, status, 'T' || 1 + number % 5, titles, 40 + number % 60, 'B', model_version,
           md5(one.uscc)::uuid, dimensions, profile, visible_hash, null, false, now()
    from bench.enterprise one cross join (select * from profiling.enterprise limit 1) sample`);
  await owner.query(`
    insert into profiling.score
      (uscc, id, as_of, scored_at, model_version, inputs, input_hash, output_hash, score, score_band, tier)
    select one.uscc, md5(one.uscc)::uuid, as_of, scored_at, model_version, inputs, input_hash, output_hash, score, score_band, tier
    from bench.enterprise one cross join (select * from profiling.score limit 1) sample`);
}

/** Sixteen feeds in turn; keys and indexes are made afterwards, as a restore would. */
async function addRecords(owner, enterprises) {
  for (const table of ['record', 'record_head'])
    await owner.query(`alter table ingestion.${table} drop constraint ${table}_pkey`);
  for (let from = 0; from < enterprises; from += rowsPerStatement) {
    const range = [from, from + rowsPerStatement, recordsOfEnterprise];
    await owner.query(
      `insert into ingestion.record
         (uscc, feed_id, record_key, version, op, event_date, report_date, fields, batch_id, line_number, received_at)
       select uscc, feed.id, 'K-' || number || '-' || n, 1, 'I', date '2024-01-01' + (number + n * 13) % 900, '2026-10-08',
              jsonb_build_object('declared_fen', (number * 1000 + n)::text, 'paid_fen', n::text, 'period', '2026Q1',
                'rate_code', '一般纳税人', 'note', '正常申报'),
              '0000000b-0000-7000-8000-000000000000', n, now()
       from bench.enterprise cross join generate_series(1, $3::int) n
       join (select id, row_number() over (order by id) - 1 as place from ingestion.feed limit 16) feed on feed.place = n % 16
       where number >= $1 and number < $2`,
      range,
    );
    await owner.query(
      `insert into ingestion.record_head (feed_id, record_key, uscc, version, report_date, withdrawn, hash)
       select feed.id, 'K-' || number || '-' || n, uscc, 1, '2026-10-08', false, decode(md5(number || '-' || n), 'hex')
       from bench.enterprise cross join generate_series(1, $3::int) n
       join (select id, row_number() over (order by id) - 1 as place from ingestion.feed limit 16) feed on feed.place = n % 16
       where number >= $1 and number < $2`,
      range,
    );
  }
  await owner.query(`set maintenance_work_mem = '256MB'`);
  await owner.query('alter table ingestion.record add primary key (uscc, feed_id, record_key, version)');
  await owner.query('alter table ingestion.record_head add primary key (feed_id, record_key)');
  const { rows } = await owner.query('select count(*)::int as count from ingestion.record');
  return rows[0].count;
}

/** Two years of acts by ten banks, and what the service keeps of them. */
async function addFacts(owner) {
  await addActs(
    owner,
    `select (array['NEED', 'GRAB', 'CONTACT', 'OFFER', 'DISBURSEMENT'])[1 + n % 5], number || '-' || n, uscc,
            day + interval '12 hours', day, '3205' || lpad((1 + number % 9)::text, 2, '0'), (13 + number % 40)::text,
            'T' || 1 + number % 5, case when n % 5 = 0 then '' else 'BENCH-' || number % 10 end,
            case when n % 5 = 2 then '24' else '' end, 100000000 + number, 0
     from (select number, uscc, n, date '2024-12-01' + (number * 7 + n * 61) % 720 as day
           from bench.enterprise cross join generate_series(0, ${factsOfEnterprise - 1}) n) act`,
  );
  return addMargins(owner);
}

/** Bytes on disk, indexes included. */
export async function sizesOf(owner) {
  const { rows } = await owner.query(`
    select schema, sum(bytes)::float8 as bytes
    from (select n.nspname as schema, pg_total_relation_size(c.oid) as bytes
          from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r') as relation
    group by 1`);
  const of = (name) => rows.find(({ schema }) => schema === name)?.bytes ?? 0;
  return {
    ingestion: of('ingestion'),
    profiling: of('profiling'),
    supervision: of('supervision'),
    all: rows.reduce((sum, row) => sum + row.bytes, 0),
  };
}
