import pg from 'pg';

import { startService, type TestClient, type TestService } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import { SupervisionModule } from '../src/supervision.module.js';

const path = '/api/supervision/indicators';
/** Kept by month, whatever the city's size. */
const kept = `${path}?by=tier&measure=grabs&district=320505&from=2026-01&to=2026-10`;
/** Of no use to keep: counted act by act. */
const counted = [
  `${path}?by=tier&measure=grabs&district=320505&industry=39&from=2026-01&to=2026-10`,
  `${path}?by=tier&measure=grabs&district=320505&from=2026-01-02&to=2026-10-30`,
];

describe('figures that take too long to count', () => {
  let service: TestService;
  let regulator: TestClient;
  let busy: pg.Client;
  beforeAll(async () => {
    process.env['COUNT_TIMEOUT_MS'] = '100';
    service = await startService(database, SupervisionModule);
    regulator = await service.as('regulator');
    busy = new pg.Client({ connectionString: service.db.ownerUrl });
    await busy.connect();
  });
  afterAll(async () => {
    await busy.end();
    await service.stop();
    delete process.env['COUNT_TIMEOUT_MS'];
  });

  it.each(counted)('are refused with what to ask instead, and leave nothing behind: %s', async (question) => {
    // Whoever counts waits for this table, as for a city's acts; whoever reads what is kept does not.
    await busy.query('begin; lock table supervision.rollup in access exclusive mode');
    const refused = await regulator.get(question);
    expect([refused.status, refused.body.code]).toEqual([422, 'SUPERVISION.TOO_MUCH_TO_COUNT']);
    expect(refused.body.detail).toContain('shorter period');
    expect((await regulator.get(kept)).status).toBe(200);
    await busy.query('rollback');
    expect((await regulator.get(question)).status).toBe(200);
  });
});
