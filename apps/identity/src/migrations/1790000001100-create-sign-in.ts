import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Failed attempts, used refresh tokens, registrations with their approvals, demo people, and who did what. */
export class CreateSignIn1790000001100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // Let in by the demo city alone: accepted only while the city is on.
    await run.query('alter table person add column demo boolean not null default false');
    await run.query('create index organisation_kind on organisation (kind, id)');
    await run.query(`
      create table failed_attempt (
        subject text not null,
        network text not null,
        failures int not null,
        last_failed_at timestamptz not null,
        primary key (subject, network)
      )`);
    await run.query(`
      create table used_refresh (
        hash text primary key,
        session_id uuid not null references session on delete cascade,
        used_at timestamptz not null
      )`);
    await run.query('create index used_refresh_session on used_refresh (session_id)');
    await createRegistration(run);
    await createDemoAndAct(run);
    // A key that is being retired still verifies the tokens it signed until its last minute is over.
    await run.query(`
      create or replace view identity_api.signing_key_v1 as
      select kid, public_jwk from signing_key where retired_at is null or retired_at > now()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      create or replace view identity_api.signing_key_v1 as
      select kid, public_jwk from signing_key where retired_at is null`);
    for (const table of [
      'act',
      'demo_person',
      'registration_approval',
      'registration',
      'used_refresh',
      'failed_attempt',
    ])
      await run.query(`drop table ${table}`);
    await run.query('drop index organisation_kind');
    await run.query('alter table person drop column demo');
  }
}

async function createRegistration(run: QueryRunner): Promise<void> {
  await run.query(`
    create table registration (
      id uuid primary key,
      organisation_id uuid not null references organisation,
      person_id uuid not null references person,
      uscc text not null,
      name text not null,
      login text not null,
      proof text not null,
      status text not null check (status in ('PENDING', 'ACTIVE', 'REJECTED')),
      reason text,
      created_at timestamptz not null,
      decided_at timestamptz
    )`);
  await run.query('create index registration_status on registration (status, id)');
  await run.query(`
    create table registration_approval (
      registration_id uuid not null references registration,
      operator_id uuid not null references person,
      at timestamptz not null,
      primary key (registration_id, operator_id)
    )`);
}

async function createDemoAndAct(run: QueryRunner): Promise<void> {
  await run.query(`
    create table demo_person (
      login text primary key,
      place int not null,
      try_this text not null
    )`);
  // Append only; no passwords, tokens or hashes ever.
  await run.query(`
    create table act (
      id uuid primary key,
      at timestamptz not null,
      person_id uuid,
      what text not null,
      subject_id uuid,
      detail jsonb not null
    )`);
  await run.query('create index act_subject on act (subject_id, id)');
}
