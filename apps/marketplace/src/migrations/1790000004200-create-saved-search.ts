import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Saved searches, what they found, and on which days a digest went out. */
export class CreateSavedSearch1790000004200 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table saved_search (
        id uuid primary key,
        person_id uuid not null,
        institution_id uuid not null,
        institution_code text not null,
        name text not null,
        filter jsonb not null,
        delivery text not null check (delivery in ('IMMEDIATE', 'DAILY')),
        created_at timestamptz not null,
        changed_at timestamptz not null
      )`);
    await run.query('create index saved_search_person on saved_search (person_id, id desc)');
    // The key is the promise: a person hears of a need once. Hits outlive the search that found them.
    await run.query(`
      create table search_hit (
        person_id uuid not null,
        need_id uuid not null,
        search_id uuid not null,
        institution_id uuid not null,
        found_at timestamptz not null,
        told_at timestamptz,
        at_once boolean not null default false,
        primary key (person_id, need_id)
      )`);
    await run.query('create index search_hit_search on search_hit (search_id, need_id desc)');
    await run.query('create index search_hit_untold on search_hit (person_id) where told_at is null');
    await run.query(
      'create table search_digest (person_id uuid not null, day date not null, primary key (person_id, day))',
    );
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['search_digest', 'search_hit', 'saved_search']) await run.query(`drop table ${table}`);
  }
}
