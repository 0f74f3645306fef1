import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long records are shown and kept, what keeps them longer, and the proof of what was deleted. */
export class CreateRetention1790000003200 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await createPublicity(run);
    await createHold(run);
    await createProof(run);
    // The look at publicity costs nothing where the feed's records never end being shown.
    await run.query(`
      create or replace view ingestion_api.record_v1 as
      select r.uscc, f.feed, r.record_key, r.version, r.event_date, h.report_date,
             case when h.overlay is null then r.fields
                  else jsonb_strip_nulls(r.fields || (h.overlay -> 'fields')) end as fields,
             r.batch_id, r.line_number, h.overlay is not null as corrected
      from record r
      join feed f on f.id = r.feed_id
      join record_head h on h.feed_id = r.feed_id and h.record_key = r.record_key and h.version = r.version
      where not h.withdrawn
        and not (f.hides and exists (select from publicity p where p.feed_id = r.feed_id
                                       and p.record_key = r.record_key and p.hidden))`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      create or replace view ingestion_api.record_v1 as
      select r.uscc, f.feed, r.record_key, r.version, r.event_date, h.report_date,
             case when h.overlay is null then r.fields
                  else jsonb_strip_nulls(r.fields || (h.overlay -> 'fields')) end as fields,
             r.batch_id, r.line_number, h.overlay is not null as corrected
      from record r
      join feed f on f.id = r.feed_id
      join record_head h on h.feed_id = r.feed_id and h.record_key = r.record_key and h.version = r.version
      where not h.withdrawn`);
    await run.query('drop table retention_round, record_archive, retention_proof, hold, publicity_round, publicity');
    await run.query('alter table feed drop column hides');
  }
}

/** One row per record of a feed whose records end being shown; `hidden` is set by the clock of the house. */
async function createPublicity(run: QueryRunner): Promise<void> {
  await run.query(`alter table feed add column hides boolean not null
    generated always as ((contract #> '{publicity,until}') is not null) stored`);
  await run.query(`
    create table publicity (
      feed_id smallint not null,
      record_key text not null,
      uscc text not null,
      version int not null,
      published boolean not null,
      public_until date,
      hidden boolean not null,
      primary key (feed_id, record_key)
    )`);
  await run.query('create index publicity_due on publicity (public_until) where not hidden');
  // Records of before, and of before a change of the contract, are gone through page by page.
  await run.query(`
    create table publicity_round (
      feed text primary key references feed (feed),
      contract_version_id int not null references contract_version,
      after_key text,
      done boolean not null
    )`);
}

async function createHold(run: QueryRunner): Promise<void> {
  await run.query(`
    create table hold (
      id uuid primary key,
      kind text not null check (kind in ('LEGAL_HOLD', 'DUTY')),
      uscc text,
      feed text references feed (feed),
      record_key text,
      until date,
      reason text not null,
      document text not null,
      placed_by uuid not null,
      placed_at timestamptz not null,
      released_by uuid,
      released_at timestamptz,
      release_reason text,
      check (uscc is not null or feed is not null),
      check (record_key is null or feed is not null),
      check (kind = 'LEGAL_HOLD' or until is not null),
      check (released_by is null or released_by <> placed_by)
    )`);
  await run.query('create index hold_in_force on hold (id) where released_at is null');
}

/** Keys are proved by their hashes: what was deleted is not kept after all. */
async function createProof(run: QueryRunner): Promise<void> {
  await run.query(`
    create table retention_proof (
      id uuid primary key,
      feed text not null references feed (feed),
      action text not null check (action in ('DELETED', 'ARCHIVED')),
      records int not null check (records > 0),
      versions int not null,
      live int not null,
      last_days daterange not null,
      key_hashes text[] not null,
      keys_hash text not null,
      contract_version text not null,
      rule jsonb not null,
      done_at timestamptz not null
    )`);
  await makeAppendOnly(run, 'retention_proof');
  await run.query('create index retention_proof_feed on retention_proof (feed, id desc)');
  await run.query('create index retention_proof_keys on retention_proof using gin (key_hashes)');
  // The restricted archive: no view, no role but the service's own.
  await run.query('create table record_archive (like record, proof_id uuid not null references retention_proof)');
  await run.query('create index record_archive_record on record_archive (uscc, feed_id, record_key, version)');
  await run.query(`
    create table retention_round (
      feed text primary key references feed (feed),
      after_key text,
      finished_on date
    )`);
}
