import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each service keeps the answers of its own commands, in its own schema. */
export class CreateIdempotency1790000000000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table idempotency (
        person uuid not null,
        route text not null,
        key text not null,
        fingerprint text not null,
        status smallint not null,
        answer json,
        at timestamptz not null,
        primary key (person, key, route)
      )`);
    await run.query('create index idempotency_at on idempotency (at)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table idempotency');
  }
}
