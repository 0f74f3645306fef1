import { DataSource } from 'typeorm';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import { MarketplaceModule } from '../src/marketplace.module.js';

describe('marketplace alone', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(database, MarketplaceModule);
  });
  afterAll(() => service.stop());

  it('boots with everything injected, and is ready', async () => {
    const answer = await service.anyone.get('/api/marketplace/health/ready');
    expect(answer.status).toBe(200);
  });

  it('answers an unknown route with a problem', async () => {
    const answer = await service.anyone.get('/api/marketplace/nothing-here');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('takes a command without a body where nothing is to be said', async () => {
    const enterprise = await service.as('enterprise', { uscc: '91320505MA1XT00150' });
    const answer = await service.app.inject({
      method: 'POST',
      url: '/api/marketplace/needs/00000000-0000-7000-8000-000000000000/withdrawal',
      headers: { authorization: `Bearer ${enterprise.person!.token}`, 'idempotency-key': 'k' },
    });
    expect(answer.json()).toMatchObject({ status: 404, code: 'MARKETPLACE.NEED_NOT_FOUND' });
  });

  it('has tables that are what the entities say, column by column', async () => {
    const db = service.app.get(DataSource);
    for (const { tableName, columns } of db.entityMetadatas) {
      const there = await service.db.query<{ name: string; type: string; nullable: boolean }>(
        `select column_name as name, udt_name as type, is_nullable = 'YES' as nullable
         from information_schema.columns where table_schema = 'marketplace' and table_name = $1`,
        [tableName],
      );
      const said = columns.map(({ databaseName, type, isArray, isNullable }) => ({
        name: databaseName,
        type: `${isArray ? '_' : ''}${{ integer: 'int4', bigint: 'int8', boolean: 'bool' }[String(type)] ?? String(type)}`,
        nullable: isNullable,
      }));
      const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      expect([tableName, said.toSorted(byName)]).toEqual([tableName, there.toSorted(byName)]);
    }
  });
});
