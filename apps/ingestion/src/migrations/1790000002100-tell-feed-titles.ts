import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told of new records reads what they are, not the code of their feed. */
export class TellFeedTitles1790000002100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('grant usage on schema ingestion_api to notification');
    await run.query('grant select on ingestion_api.feed_v1 to notification');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('revoke select on ingestion_api.feed_v1 from notification');
    await run.query('revoke usage on schema ingestion_api from notification');
  }
}
