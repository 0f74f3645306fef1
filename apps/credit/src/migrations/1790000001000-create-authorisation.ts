import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Authorisations and their revocations: evidence, therefore two append-only tables and no status column. */
export class CreateAuthorisation1790000001000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table authorisation (
        id uuid primary key,
        uscc text not null,
        limbs text[] not null check (cardinality(limbs) > 0 and limbs <@ array['COLLECTION', 'USE']),
        institutions text[] check (cardinality(institutions) > 0),
        purposes text[] not null check (cardinality(purposes) > 0),
        valid_from date not null,
        valid_to date not null check (valid_to >= valid_from),
        text_version text not null,
        text_hash text not null,
        signed_at timestamptz not null,
        signed_by uuid not null,
        signed_session uuid not null,
        signed_name text not null,
        signed_address text not null
      )`);
    await run.query('create index authorisation_uscc on authorisation (uscc, id desc)');
    await run.query(`
      create table authorisation_revocation (
        authorisation_id uuid primary key references authorisation,
        revoked_at timestamptz not null,
        revoked_by uuid not null,
        revoked_session uuid not null,
        revoked_address text not null
      )`);
    for (const table of ['authorisation', 'authorisation_revocation']) await makeAppendOnly(run, table);
    await run.query(`
      create view credit_api.authorisation_v1 as
      select a.id, a.uscc, a.limbs, a.institutions, a.purposes, a.valid_from, a.valid_to, a.signed_at, r.revoked_at,
             a.text_version
      from authorisation a left join authorisation_revocation r on r.authorisation_id = a.id`);
    await run.query('grant usage on schema credit_api to profiling, marketplace, supervision');
    await run.query('grant select on credit_api.authorisation_v1 to profiling, marketplace, supervision');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop view credit_api.authorisation_v1');
    await run.query('drop table authorisation_revocation, authorisation');
  }
}
