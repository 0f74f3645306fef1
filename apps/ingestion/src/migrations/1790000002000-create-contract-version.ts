import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contracts as they were, further forms of files, where a row stands in them, and files that come in pieces. */
export class CreateContractVersion1790000002000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table contract_version (
        id int generated always as identity primary key,
        feed text not null references feed (feed),
        version text not null,
        revision int not null,
        effective_from date not null,
        contract jsonb not null,
        digest text not null,
        registered_at timestamptz not null,
        unique (feed, version, revision)
      )`);
    await run.query(`alter table batch drop constraint batch_form_check`);
    await run.query(`
      alter table batch
        add constraint batch_form_check check (form in ('CSV', 'NDJSON', 'XLSX', 'XML', 'FIXED', 'ZIP')),
        add column contract_version_id int references contract_version,
        add column layout jsonb,
        add column notes jsonb`);
    await run.query(`alter table quarantine add column place text not null default ''`);
    await createUpload(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table upload');
    await run.query('alter table quarantine drop column place');
    await run.query(`alter table batch drop constraint batch_form_check, drop column contract_version_id,
      drop column layout, drop column notes`);
    await run.query(`alter table batch add constraint batch_form_check check (form in ('CSV', 'NDJSON'))`);
    await run.query('drop table contract_version');
  }
}

/** `received` bytes are on disk for certain; whoever holds `writer` may add to them until `writer_until`. */
async function createUpload(run: QueryRunner): Promise<void> {
  await run.query(`
    create table upload (
      id uuid primary key,
      feed text not null references feed (feed),
      reference text not null,
      form text not null,
      charset text,
      bytes bigint not null,
      sha256 text,
      received bigint not null default 0 check (received <= bytes),
      organisation_id uuid not null,
      started_by uuid not null,
      started_at timestamptz not null,
      expires_at timestamptz not null,
      writer uuid,
      writer_until timestamptz,
      batch_id uuid references batch,
      unique (feed, reference)
    )`);
  await run.query('create index upload_open on upload (organisation_id) where batch_id is null');
}
