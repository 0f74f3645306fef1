import { readLogMigration } from '@app/database';
import type { QueryRunner } from 'typeorm';

/** Operators look into records by duty: it is on the record, and the enterprise sees it. */
export class CreateReadLog1790000003050 extends readLogMigration('ingestion') {
  override name = 'CreateReadLog1790000003050';

  /** The function that guards append-only tables serves the whole schema and stays. */
  override async down(run: QueryRunner): Promise<void> {
    await run.query('drop view ingestion_api.refused_read_v1, ingestion_api.read_v1');
    await run.query('drop table refused_read, read_log');
  }
}
