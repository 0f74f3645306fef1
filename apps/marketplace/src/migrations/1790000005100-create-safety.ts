import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bounds of what is odd; guesses of ours, as nobody has published any. */
const firstScheme = {
  duplicateDays: 30,
  windowDays: 30,
  fastSeconds: 3,
  fastTimes: 3,
  hoardingGrabs: 20,
  hoardingContactBp: 5_000,
  alternationMinutes: 30,
  alternationTimes: 4,
  equalOfferNeeds: 3,
  equalOfferBp: 8_000,
  pledgesPerCase: 20,
  pledgesPerDay: 100,
};
const source = '平台设计值（市场安全），待运营确认';

/** Keyed marks of needs and pledges, notes to banks, and flags for operators. */
export class CreateSafety1790000005100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table safety_scheme (
        version smallint primary key,
        effective_from timestamptz not null unique,
        source text not null,
        parameters jsonb not null
      )`);
    await run.query(`insert into safety_scheme values (1, '2015-01-01T00:00:00+08:00', $1, $2)`, [
      source,
      JSON.stringify(firstScheme),
    ]);
    await createMarks(run);
    await createFlags(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table safety_note, safety_flag, pledge_mark, need_mark, safety_scheme');
  }
}

/**
 * HMAC-SHA256 under a key that lies outside the database: two marks tell that two things are equal, and without the key
 * nothing else. The identifier of a pledged asset is kept nowhere.
 */
async function createMarks(run: QueryRunner): Promise<void> {
  await run.query(`
    create table need_mark (
      need_id uuid primary key references need,
      mark bytea not null,
      marked_at timestamptz not null
    )`);
  await run.query('create index need_mark_mark on need_mark (mark)');
  await run.query(`
    create table pledge_mark (
      id uuid primary key,
      mark bytea not null,
      kind text not null,
      need_id uuid not null,
      grab_id uuid not null,
      institution_id uuid not null,
      institution_code text not null,
      registered_by uuid not null,
      registered_at timestamptz not null,
      released_at timestamptz,
      foreign key (need_id, grab_id) references grab
    )`);
  await run.query(
    'create unique index pledge_mark_live on pledge_mark (mark, institution_id) where released_at is null',
  );
  await run.query('create index pledge_mark_institution on pledge_mark (institution_id, registered_at desc)');
  await run.query('create index pledge_mark_grab on pledge_mark (grab_id)');
}

async function createFlags(run: QueryRunner): Promise<void> {
  await run.query(`
    create table safety_flag (
      id uuid primary key,
      kind text not null,
      subject text not null,
      evidence jsonb not null,
      state text not null check (state in ('OPEN', 'EXPLAINED', 'CONFIRMED')),
      raised_at timestamptz not null,
      seen_at timestamptz not null,
      decided_by uuid,
      decided_at timestamptz,
      note text,
      check ((state = 'OPEN') = (decided_at is null))
    )`);
  await run.query(`create unique index safety_flag_open on safety_flag (kind, subject) where state = 'OPEN'`);
  await run.query('create index safety_flag_subject on safety_flag (kind, subject)');
  await run.query('create index safety_flag_state on safety_flag (state, id desc)');
  await run.query(`
    create table safety_note (
      id uuid primary key,
      institution_id uuid not null,
      need_id uuid not null,
      grab_id uuid not null,
      what text not null check (what in ('EQUAL_NEED', 'EQUAL_PLEDGE')),
      noted_at timestamptz not null,
      unique (grab_id, what)
    )`);
  await run.query('create index safety_note_institution on safety_note (institution_id, id desc)');
}
