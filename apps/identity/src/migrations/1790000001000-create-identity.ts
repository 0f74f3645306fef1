import type { MigrationInterface, QueryRunner } from 'typeorm';

const readers = 'identity, ingestion, credit, profiling, marketplace, supervision';

/** Organisations, people, sessions, signing keys, and what the other services may see of them. */
export class CreateIdentity1790000001000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table organisation (
        id uuid primary key,
        kind text not null check (kind in ('enterprise', 'institution', 'source', 'regulator', 'operator')),
        code text not null unique,
        name text not null,
        uscc text unique,
        memberships text[] not null default '{}',
        status text not null check (status in ('ACTIVE', 'PENDING', 'SUSPENDED', 'REJECTED')),
        created_at timestamptz not null,
        check ((kind = 'enterprise') = (uscc is not null))
      )`);
    await run.query(`
      create table person (
        id uuid primary key,
        organisation_id uuid not null references organisation,
        login text not null unique check (login = lower(login)),
        display_name text not null,
        password_hash text not null,
        roles text[] not null,
        status text not null check (status in ('ACTIVE', 'SUSPENDED')),
        must_change_password boolean not null default false,
        created_at timestamptz not null
      )`);
    await run.query('create index person_organisation on person (organisation_id, created_at)');
    await run.query(`
      create table session (
        id uuid primary key,
        person_id uuid not null references person,
        refresh_hash text not null unique,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz
      )`);
    await run.query('create index session_person on session (person_id)');
    await run.query(`
      create table signing_key (
        kid text primary key,
        public_jwk jsonb not null,
        created_at timestamptz not null,
        retired_at timestamptz
      )`);
    await publish(run);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const view of ['session_v1', 'signing_key_v1', 'organisation_v1', 'person_v1'])
      await run.query(`drop view identity_api.${view}`);
    for (const table of ['signing_key', 'session', 'person', 'organisation']) await run.query(`drop table ${table}`);
  }
}

async function publish(run: QueryRunner): Promise<void> {
  await run.query(`
    create view identity_api.session_v1 as
    select s.id as session_id, p.id as person_id, p.display_name, p.roles, p.must_change_password,
           o.id as organisation_id, o.kind as organisation_kind, o.code as organisation_code,
           o.name as organisation_name, o.status as organisation_status, o.uscc, o.memberships, s.expires_at
    from session s join person p on p.id = s.person_id join organisation o on o.id = p.organisation_id
    where s.ended_at is null and s.expires_at > now() and p.status = 'ACTIVE' and o.status in ('ACTIVE', 'PENDING')`);
  await run.query(`
    create view identity_api.signing_key_v1 as
    select kid, public_jwk from signing_key where retired_at is null`);
  await run.query(`
    create view identity_api.organisation_v1 as
    select id, kind, code, name, uscc, memberships, status, created_at from organisation`);
  await run.query(`
    create view identity_api.person_v1 as
    select id, organisation_id, display_name, roles, status from person`);
  await run.query(`grant usage on schema identity_api to ${readers}`);
  await run.query(`grant select on all tables in schema identity_api to ${readers}`);
}
