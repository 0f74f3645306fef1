import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows without a code: the names that enterprises are known by, what rows claim, and what was decided about it. */
export class CreateResolve1790000004000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // Deliveries that the service itself makes have an origin too.
    await run.query('alter table batch drop constraint if exists batch_origin_check');
    await run.query(`alter table batch add constraint batch_origin_check check (origin ~ '^[A-Z_]{2,20}$')`);
    await createFollowing(run);
    await createNames(run);
    await createClaims(run);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['claimed_row', 'claim_decision', 'claim', 'enterprise_name', 'followed'])
      await run.query(`drop table ${table}`);
    await run.query('drop index record_batch');
    await run.query('alter table batch drop constraint batch_origin_check');
    await run.query(
      `alter table batch add constraint batch_origin_check check (origin in ('UPLOAD', 'DROP', 'PULL')) not valid`,
    );
  }
}

/** What later work needs in order to look only at what a batch changed. */
async function createFollowing(run: QueryRunner): Promise<void> {
  // Batches come one after another and rows are only added: a few bytes per range of pages find the rows of a batch.
  await run.query('create index record_batch on record using brin (batch_id) with (pages_per_range = 32)');
  // Batches of one feed end in the order of their arrival: one number says how far a follower has come.
  await run.query(`
    create table followed (
      follower text not null,
      feed text not null references feed (feed),
      arrival bigint not null,
      followed_at timestamptz not null,
      primary key (follower, feed)
    )`);
}

/** One row per name of an enterprise, also of former ones; `keys` is what they are found by. */
async function createNames(run: QueryRunner): Promise<void> {
  await run.query(`
    create table enterprise_name (
      uscc text not null,
      feed_id smallint not null,
      record_key text not null,
      place smallint not null,
      former boolean not null,
      name text not null,
      registration_number text not null,
      representative text not null,
      division text not null,
      address text not null,
      keys text[] not null,
      primary key (uscc, feed_id, record_key, place)
    )`);
  await run.query('create index enterprise_name_keys on enterprise_name using gin (keys)');
  await run.query('create index enterprise_name_record on enterprise_name (feed_id, record_key)');
}

async function createClaims(run: QueryRunner): Promise<void> {
  await run.query(`
    create table claim (
      id uuid primary key,
      feed text not null references feed (feed),
      digest text not null,
      claimed jsonb not null,
      state text not null check (state in ('NEW', 'LINKED', 'WAITING', 'NOBODY')),
      uscc text,
      candidates jsonb not null default '[]',
      score int,
      settings_from date,
      matched_at timestamptz,
      seen_at timestamptz not null,
      first_batch_id uuid not null,
      unique (feed, digest),
      check ((state = 'LINKED') = (uscc is not null))
    )`);
  await run.query('create index claim_by_state on claim (state, id)');
  await run.query('create index claim_by_uscc on claim (uscc) where uscc is not null');
  await createDecisions(run);
}

async function createDecisions(run: QueryRunner): Promise<void> {
  // Append only but for the two columns that say what became of a decision.
  await run.query(`
    create table claim_decision (
      claim_id uuid not null references claim,
      number int not null,
      kind text not null check (kind in ('MATCHED', 'DECIDED', 'NOBODY', 'UNDONE')),
      uscc text,
      match jsonb,
      reason text,
      decided_by uuid,
      decided_at timestamptz not null,
      batch_id uuid,
      carried_out_at timestamptz,
      redelivery_id uuid,
      primary key (claim_id, number),
      check ((kind in ('MATCHED', 'DECIDED')) = (uscc is not null)),
      check (kind = 'MATCHED' or (decided_by is not null and reason is not null))
    )`);
  await run.query('create index claim_decision_open on claim_decision (decided_at) where carried_out_at is null');
  await run.query(`
    create table claimed_row (
      batch_id uuid not null references batch,
      line_number int not null,
      place bigint generated always as identity,
      claim_id uuid not null references claim,
      record_key text not null,
      row jsonb not null,
      primary key (batch_id, line_number)
    )`);
  await run.query('create index claimed_row_by_claim on claimed_row (claim_id, place)');
}
