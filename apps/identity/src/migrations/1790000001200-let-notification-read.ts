import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The service that tells people things needs to know who they are and whether they are signed in. */
export class LetNotificationRead1790000001200 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('grant usage on schema identity_api to notification');
    await run.query('grant select on all tables in schema identity_api to notification');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('revoke select on all tables in schema identity_api from notification');
    await run.query('revoke usage on schema identity_api from notification');
  }
}
