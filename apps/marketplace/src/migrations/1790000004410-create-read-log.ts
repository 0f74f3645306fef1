import { readLogMigration } from '@app/database';
import type { QueryRunner } from 'typeorm';

/** Opening an enterprise of a campaign is a read under consent: it is on the record, and the enterprise sees it. */
export class CreateReadLog1790000004410 extends readLogMigration('marketplace') {
  override name = 'CreateReadLog1790000004410';

  /** The function that guards append-only tables serves the whole schema and stays. */
  override async down(run: QueryRunner): Promise<void> {
    await run.query('drop view marketplace_api.refused_read_v1, marketplace_api.read_v1');
    await run.query('drop table refused_read, read_log');
  }
}
