import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people said about accounts and codes can be listed, ended and taken back: whose records move with it. */
export class UndoMappings1790000006700 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await extendMappings(run);
    await extendAllowedCodes(run);
    // Rows without a code that an account gave theirs: a mapping that was wrong finds the records that it made.
    await run.query(`
      create table mapped_row (
        batch_id uuid not null references batch,
        line_number int not null,
        primary key (batch_id, line_number)
      )`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table mapped_row');
    await run.query('drop index allowed_code_in_force');
    await run.query('delete from allowed_code where ended_at is not null');
    await run.query(`alter table allowed_code drop constraint allowed_code_pkey, add primary key (uscc),
      drop column number, drop column ended_by, drop column ended_at, drop column end_reason`);
    for (const index of [
      'account_mapping_number',
      'account_mapping_uscc',
      'account_mapping_parts',
      'account_mapping_open',
    ])
      await run.query(`drop index ${index}`);
    await run.query('delete from account_mapping where uscc is null');
    await run.query(`alter table account_mapping alter column uscc set not null, drop column number, drop column reason,
      drop column moves, drop column carried_out_at, drop column redelivery_id`);
  }
}

/** Append only but for what became of a line: no code says that the account is nobody's from then on. */
async function extendMappings(run: QueryRunner): Promise<void> {
  await run.query(`
    alter table account_mapping
      add column number bigint generated always as identity,
      alter column uscc drop not null,
      add column reason text,
      add column moves boolean not null default false,
      add column carried_out_at timestamptz,
      add column redelivery_id uuid`);
  await run.query('create unique index account_mapping_number on account_mapping (feed, number desc)');
  await run.query('create index account_mapping_uscc on account_mapping (feed, uscc)');
  await run.query(`create index account_mapping_parts on account_mapping using gin (string_to_array(account, '|'))`);
  await run.query(
    `create index account_mapping_open on account_mapping (number) where moves and carried_out_at is null`,
  );
}

async function extendAllowedCodes(run: QueryRunner): Promise<void> {
  await run.query(`
    alter table allowed_code
      add column number bigint generated always as identity,
      add column ended_by uuid,
      add column ended_at timestamptz,
      add column end_reason text,
      drop constraint allowed_code_pkey`);
  await run.query('alter table allowed_code add primary key (number)');
  await run.query('create unique index allowed_code_in_force on allowed_code (uscc) where ended_at is null');
}
