import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Batches, their committed parts, rows set aside, and what people add to the contracts. */
export class CreateBatch1790000001100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await createBatch(run);
    await createPart(run);
    await createCorrections(run);
    await run.query(`
      create table pull_cursor (
        connector text not null,
        feed text not null,
        cursor text not null,
        pulled_at timestamptz not null,
        as_of date,
        rows bigint not null default 0,
        primary key (connector, feed)
      )`);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['pull_cursor', 'account_mapping', 'allowed_code', 'quarantine', 'part', 'batch'])
      await run.query(`drop table ${table}`);
  }
}

/** Batches of one feed are worked on one after another in the order of `arrival`: the later arrival wins. */
async function createBatch(run: QueryRunner): Promise<void> {
  await run.query(`
    create table batch (
      id uuid primary key,
      arrival bigint generated always as identity,
      feed text not null references feed (feed),
      reference text not null,
      origin text not null check (origin in ('UPLOAD', 'DROP', 'PULL')),
      form text not null check (form in ('CSV', 'NDJSON')),
      charset text,
      bytes bigint not null,
      sha256 text not null,
      delivered_by uuid,
      received_at timestamptz not null,
      status text not null check (status in ('RECEIVED', 'RUNNING', 'DONE', 'FAILED')),
      problem jsonb,
      tries int not null default 0,
      not_before timestamptz,
      read bigint not null default 0,
      accepted bigint not null default 0,
      unchanged bigint not null default 0,
      stale bigint not null default 0,
      quarantined bigint not null default 0,
      refused bigint not null default 0,
      live_delta bigint not null default 0,
      report_date_max date,
      started_at timestamptz,
      finished_at timestamptz,
      work_ms bigint not null default 0,
      unique (feed, reference),
      check (read = accepted + unchanged + stale + quarantined + refused)
    ) with (fillfactor = 70)`);
  await run.query(`create index batch_open on batch (feed, arrival) where status in ('RECEIVED', 'RUNNING')`);
  await run.query('create index batch_by_feed on batch (feed, id)');
}

async function createPart(run: QueryRunner): Promise<void> {
  // `lane` 1: rows whose key comes once, done up to file line `done_to`; lane 2: the others, up to place `done_to`.
  await run.query(`
    create table part (
      batch_id uuid not null references batch,
      number int not null,
      lane smallint not null,
      done_to int not null,
      read int not null,
      accepted int not null,
      unchanged int not null,
      stale int not null,
      quarantined int not null,
      refused int not null,
      committed_at timestamptz not null,
      primary key (batch_id, number)
    )`);
  await run.query(`
    create table quarantine (
      batch_id uuid not null references batch,
      line_number int not null,
      kind text not null check (kind in ('QUARANTINED', 'REFUSED')),
      code text not null,
      pointer text not null,
      zh text not null,
      en text not null,
      faults jsonb not null,
      record_key text,
      raw text not null,
      primary key (batch_id, line_number)
    )`);
}

/** Both are append only and dated: a batch sees what was there when it arrived, also when it is resumed later. */
async function createCorrections(run: QueryRunner): Promise<void> {
  await run.query(`
    create table allowed_code (
      uscc text not null primary key,
      reason text not null,
      added_by uuid not null,
      added_at timestamptz not null
    )`);
  await run.query(`
    create table account_mapping (
      feed text not null references feed (feed),
      account text not null,
      uscc text not null,
      added_by uuid not null,
      added_at timestamptz not null,
      primary key (feed, account, added_at)
    )`);
}
