import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each person was told, and how each person wants to be told. */
export class CreateNotice1790000001000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // The person's own counter. Its row is locked until commit by whoever tells that person something, so that the
    // numbers become visible in their order: a stream that has shown number 7 never misses a 6 that commits later.
    await run.query(`
      create table mailbox (
        person_id uuid primary key,
        last_number bigint not null
      ) with (fillfactor = 50)`);
    // source_id is the event, or what stands for it in a kind that is told once a day. Texts are not kept: they are
    // made from the variables in the language of whoever reads.
    await run.query(`
      create table notice (
        person_id uuid not null,
        number bigint not null,
        id uuid not null unique,
        organisation_id uuid not null,
        kind text not null,
        subject text not null,
        source_id uuid not null,
        variables jsonb not null,
        at timestamptz not null,
        told_at timestamptz not null,
        read_at timestamptz,
        primary key (person_id, number),
        unique (person_id, kind, subject, source_id)
      ) with (fillfactor = 90)`);
    await run.query('create index notice_unread on notice (person_id) where read_at is null');
    await run.query('create index notice_told on notice using brin (told_at)');
    await createWishes(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table contact_proof, preference, setting, notice, mailbox');
  }
}

async function createWishes(run: QueryRunner): Promise<void> {
  await run.query(`
      create table setting (
        person_id uuid primary key,
        language text not null default 'zh' check (language in ('zh', 'en')),
        quiet_from smallint check (quiet_from between 0 and 1439),
        quiet_to smallint check (quiet_to between 0 and 1439),
        digest_at smallint not null default 510 check (digest_at between 0 and 1439),
        email text,
        phone text,
        check ((quiet_from is null) = (quiet_to is null))
      )`);
  await run.query(`
      create table preference (
        person_id uuid not null,
        kind text not null,
        channel text not null check (channel in ('IN_APP', 'EMAIL', 'SMS')),
        mode text not null check (mode in ('NOW', 'DIGEST', 'OFF')),
        primary key (person_id, kind, channel)
      )`);
  // An address counts once its owner has typed in what was sent there; only a hash of that is kept.
  await run.query(`
      create table contact_proof (
        person_id uuid not null,
        channel text not null check (channel in ('EMAIL', 'SMS')),
        address text not null,
        code_hash text not null,
        expires_at timestamptz not null,
        tries smallint not null default 0,
        primary key (person_id, channel)
      )`);
}
