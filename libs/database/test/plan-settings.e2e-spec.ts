import { headsByKey, withPlanSettings } from '@app/database';
import { DataSource, type EntityManager } from 'typeorm';

import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';

describe('settings of the planner', () => {
  let database: TestDatabase;
  let db: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    db = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
  });
  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  const seen = async (tx: EntityManager): Promise<unknown> =>
    (await tx.query(`select current_setting('enable_hashjoin') as hash, current_setting('work_mem') as memory`))[0];

  it('hold for the work that they are for, and not for what comes after it in the transaction', async () => {
    await db.transaction(async (tx) => {
      const before = await seen(tx);
      const within = await withPlanSettings(tx, { ...headsByKey, work_mem: '33MB' }, () => seen(tx));
      expect(within).toEqual({ hash: 'off', memory: '33MB' });
      expect(await seen(tx)).toEqual(before);
    });
  });
});
