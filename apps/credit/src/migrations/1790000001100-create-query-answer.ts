import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reports as they were delivered: the answer to a repeated request, and what retention keeps until five years after
 * the authorisation ended. Not among the house's idempotency answers, as each look passes the consent gate.
 */
export class CreateQueryAnswer1790000001100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table query_answer (
        person_id uuid not null,
        key text not null,
        fingerprint text not null,
        query_id uuid not null,
        uscc text not null,
        at timestamptz not null,
        answer json not null,
        primary key (person_id, key)
      )`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table query_answer');
  }
}
