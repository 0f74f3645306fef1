import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets an event carry the trace of its act to whoever hears it. */
export class AddTraceparent1790000015100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('alter table outbox add column traceparent text');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table outbox drop column traceparent');
  }
}
