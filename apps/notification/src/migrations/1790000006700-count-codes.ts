import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many codes a person had sent on a day: a minute's pause alone would still fill a stranger's mailbox. */
export class CountCodes1790000006700 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('alter table contact_proof add column sent smallint not null default 1, add column sent_on date');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table contact_proof drop column sent, drop column sent_on');
  }
}
