import type { MigrationInterface, QueryRunner } from 'typeorm';

const readers = 'identity, ingestion, credit, profiling, marketplace, supervision';
const partitions = 16;

/**
 * Records and their heads, and what the other services may see of them. Facts live in `record` (append only, one row
 * per version, spread by uscc); `record_head` says which version of a key is the one in force.
 */
export class CreateRecords1790000001000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // Two bytes instead of a name in every row and index; the numbers are given out when a contract is first seen.
    await run.query(`
      create table feed (
        id smallint primary key,
        feed text not null unique,
        source text not null,
        sources text[] not null,
        title text not null,
        basis text not null check (basis in ('PUBLIC', 'DUTY', 'AUTHORISED')),
        contract_version text not null,
        freshness_days int not null,
        contract jsonb not null,
        seen_at timestamptz not null
      )`);
    await createRecord(run);
    await createHead(run);
    await createStale(run);
    await publish(run);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const view of ['record_v1', 'record_version_v1', 'feed_v1'])
      await run.query(`drop view ingestion_api.${view}`);
    for (const table of ['stale_record', 'record_head', 'record', 'feed']) await run.query(`drop table ${table}`);
  }
}

async function createRecord(run: QueryRunner): Promise<void> {
  await run.query(`
    create table record (
      uscc text not null,
      feed_id smallint not null,
      record_key text not null,
      version int not null,
      op char(1) not null check (op in ('I', 'U', 'D')),
      event_date date not null,
      report_date date not null,
      fields jsonb not null,
      batch_id uuid not null,
      line_number int not null,
      received_at timestamptz not null,
      primary key (uscc, feed_id, record_key, version)
    ) partition by hash (uscc)`);
  await spread(run, 'record', '');
}

/** Heads are updated in place: room on the page and no second index keep those updates cheap (HOT). */
async function createHead(run: QueryRunner): Promise<void> {
  await run.query(`
    create table record_head (
      feed_id smallint not null,
      record_key text not null,
      uscc text not null,
      version int not null,
      report_date date not null,
      withdrawn boolean not null,
      hash bytea not null,
      primary key (feed_id, record_key)
    ) partition by hash (feed_id, record_key)`);
  await spread(run, 'record_head', 'with (fillfactor = 80)');
}

/** Rows that came too late to become a version; once per key, report date and content. */
async function createStale(run: QueryRunner): Promise<void> {
  await run.query(`
    create table stale_record (
      feed_id smallint not null,
      record_key text not null,
      report_date date not null,
      hash bytea not null,
      uscc text not null,
      op char(1) not null,
      event_date date not null,
      fields jsonb not null,
      batch_id uuid not null,
      line_number int not null,
      received_at timestamptz not null,
      primary key (feed_id, record_key, report_date, hash)
    )`);
}

async function spread(run: QueryRunner, table: string, options: string): Promise<void> {
  for (let place = 0; place < partitions; place += 1)
    await run.query(
      `create table ${table}_${place} partition of ${table}
       for values with (modulus ${partitions}, remainder ${place}) ${options}`,
    );
}

async function publish(run: QueryRunner): Promise<void> {
  // The head's report date: a source that repeats a fact unchanged confirms it for a later day.
  await run.query(`
    create view ingestion_api.record_v1 as
    select r.uscc, f.feed, r.record_key, r.version, r.event_date, h.report_date, r.fields, r.batch_id, r.line_number
    from record r
    join feed f on f.id = r.feed_id
    join record_head h on h.feed_id = r.feed_id and h.record_key = r.record_key and h.version = r.version
    where not h.withdrawn`);
  await run.query(`
    create view ingestion_api.record_version_v1 as
    select r.uscc, f.feed, r.record_key, r.version, r.event_date, r.report_date, r.fields, r.batch_id, r.line_number,
           r.op, r.op = 'D' as withdrawn, r.received_at
    from record r join feed f on f.id = r.feed_id`);
  await run.query(`
    create view ingestion_api.feed_v1 as
    select feed, source, sources, title, basis, contract_version, freshness_days from feed`);
  await run.query(`grant usage on schema ingestion_api to ${readers}`);
  await run.query(`grant select on all tables in schema ingestion_api to ${readers}`);
}
