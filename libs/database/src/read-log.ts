import type { Uscc } from '@app/kernel';
import type { EntityManager, MigrationInterface, QueryRunner } from 'typeorm';

/** Who read, or tried to read, what about an enterprise, when and why. */
export interface ReadAttempt {
  /** Time-ordered (uuidv7): lists go by it. */
  id: string;
  at: Date;
  uscc: Uscc;
  organisationId: string;
  /** Code of the organisation, as authorisations name it. */
  institution: string;
  personId: string;
  /** What was read: `CREDIT_REPORT`, `PORTRAIT`, … */
  act: string;
  /** A purpose of the closed list, or the duty of an operator in words. */
  purpose: string;
}

export interface ServedRead extends ReadAttempt {
  /** null only for a read by duty. */
  authorisationId: string | null;
  /** SHA-256 of the canonical answer, so that it can be proved what was shown without keeping it here. */
  resultHash: string;
}

export interface RefusedRead extends ReadAttempt {
  /** Code of the refusal, as the caller got it. */
  code: string;
}

const attemptColumns = 'id, at, uscc, organisation_id, institution, person_id, act, purpose';

const valuesOf = (read: ReadAttempt): unknown[] => [
  read.id,
  read.at,
  read.uscc,
  read.organisationId,
  read.institution,
  read.personId,
  read.act,
  read.purpose,
];

/** Writes the read into the reader's own log, in the transaction of the read. */
export async function logRead(tx: EntityManager, read: ServedRead): Promise<void> {
  await tx.query(
    `insert into read_log (${attemptColumns}, authorisation_id, result_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [...valuesOf(read), read.authorisationId, read.resultHash],
  );
}

/** Writes a refused attempt; for a transaction that commits although the read was refused (`TracedRefusal`). */
export async function logRefusal(tx: EntityManager, read: RefusedRead): Promise<void> {
  await tx.query(
    `insert into refused_read (${attemptColumns}, code)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [...valuesOf(read), read.code],
  );
}

/** Makes a table of this schema append-only: PostgreSQL refuses change and removal. */
export async function makeAppendOnly(run: QueryRunner, table: string): Promise<void> {
  await run.query(`
    create or replace function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
    end $$`);
  await run.query(`
    create trigger ${table}_append_only before update or delete or truncate on ${table}
    for each statement execute function refuse_change()`);
}

const attemptTable = `
  id uuid primary key,
  at timestamptz not null,
  uscc text not null,
  organisation_id uuid not null,
  institution text not null,
  person_id uuid not null,
  act text not null,
  purpose text not null`;

/**
 * The migration that gives a reading service its append-only `read_log` and `refused_read`, published as
 * `<service>_api.read_v1` and `<service>_api.refused_read_v1` to the credit service, which shows their union.
 */
export function readLogMigration(service: string): new () => MigrationInterface {
  return class implements MigrationInterface {
    name = 'CreateReadLog1790000000200';

    async up(run: QueryRunner): Promise<void> {
      await run.query(`create table read_log (${attemptTable}, authorisation_id uuid, result_hash text not null)`);
      await run.query(`create table refused_read (${attemptTable}, code text not null)`);
      for (const table of ['read_log', 'refused_read']) {
        await run.query(`create index ${table}_uscc on ${table} (uscc, id desc)`);
        await run.query(`create index ${table}_organisation on ${table} (organisation_id, id desc)`);
        await makeAppendOnly(run, table);
      }
      await run.query(`
        create view ${service}_api.read_v1 as select ${attemptColumns}, authorisation_id, result_hash from read_log`);
      await run.query(`
        create view ${service}_api.refused_read_v1 as select ${attemptColumns}, code from refused_read`);
      await run.query(`grant usage on schema ${service}_api to credit`);
      await run.query(`grant select on ${service}_api.read_v1, ${service}_api.refused_read_v1 to credit`);
    }

    async down(run: QueryRunner): Promise<void> {
      await run.query(`drop view ${service}_api.refused_read_v1, ${service}_api.read_v1`);
      await run.query('drop table refused_read, read_log');
      await run.query('drop function refuse_change');
    }
  };
}
