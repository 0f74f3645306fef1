import { randomUUID } from 'node:crypto';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { CreditModule } from '../src/credit.module.js';
import { database } from '../src/data-source.js';
import { authorisations, consent, parties, queries } from './parties.js';

describe('who asked about me', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(database, CreditModule);
  });
  afterAll(() => service.stop());

  it('shows the enterprise every attempt, served or refused, newest first, without names of employees', async () => {
    const { uscc, enterprise, bank, bankCode } = await parties(service);
    await bank.post(queries, { uscc, purpose: 'PRE_LOAN' });
    service.clock.advance(1_000);
    const { id } = (await enterprise.post(authorisations, consent())).body;
    await bank.post(queries, { uscc, purpose: 'POST_LOAN' });

    const { items } = (await enterprise.get(queries)).body;

    expect(items).toMatchObject([
      { outcome: 'SERVED', purpose: 'POST_LOAN', authorisationId: id, code: null, act: 'CREDIT_REPORT' },
      { outcome: 'REFUSED', purpose: 'PRE_LOAN', authorisationId: null, code: 'CREDIT.NO_AUTHORISATION' },
    ]);
    expect(items[0].institution).toEqual({ code: bankCode, name: `Test ${bankCode}` });
    expect(items.map(({ person }: { person: unknown }) => person)).toEqual([null, null]);
  });

  it('shows an institution the attempts of its own people only, with their names', async () => {
    const [a, b] = [await parties(service), await parties(service)];
    for (const { enterprise } of [a, b]) await enterprise.post(authorisations, consent());
    await a.bank.post(queries, { uscc: a.uscc, purpose: 'PRE_LOAN' });
    await b.bank.post(queries, { uscc: a.uscc, purpose: 'PRE_LOAN' });
    const chief = await service.as('institution-admin', { colleagueOf: a.bank.person! });

    for (const colleague of [a.bank, chief])
      expect((await colleague.get(queries)).body.items).toMatchObject([
        { uscc: a.uscc, person: 'Person account-manager', outcome: 'SERVED' },
      ]);
    expect((await a.enterprise.get(queries)).body.items).toHaveLength(2);
    expect((await b.enterprise.get(queries)).body.items).toEqual([]);
  });

  it('is not for regulators, sources, operators and strangers', async () => {
    for (const role of ['regulator', 'source', 'operator'] as const)
      expect((await (await service.as(role)).get(queries)).status).toBe(403);
    expect((await service.anyone.get(queries)).status).toBe(401);
  });

  it('joins what another reading service served', async () => {
    const { uscc, enterprise, bank } = await parties(service);
    await enterprise.post(authorisations, consent());
    await bank.post(queries, { uscc, purpose: 'PRE_LOAN' });
    await service.db.query(
      `insert into profiling.read_log
         (id, at, uscc, organisation_id, institution, person_id, act, purpose, authorisation_id, result_hash)
       values ('ffffffff-0000-7000-8000-000000000000', now(), $1, $2, $3, $4, 'PORTRAIT', 'PRE_LOAN', $5, 'x')`,
      [uscc, bank.person!.organisationId, bank.person!.organisationCode, bank.person!.personId, randomUUID()],
    );
    const { items } = (await enterprise.get(queries)).body;
    expect(items).toMatchObject([
      { service: 'profiling', act: 'PORTRAIT' },
      { service: 'credit', act: 'CREDIT_REPORT' },
    ]);
  });

  it('goes page by page without losing or repeating an attempt', async () => {
    const { uscc, enterprise, bank } = await parties(service);
    for (let round = 0; round < 5; round += 1) await bank.post(queries, { uscc, purpose: 'PRE_LOAN' });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `${queries}?limit=2${cursor && `&cursor=${cursor}`}`;
      const { items, nextCursor } = (await enterprise.get(path)).body;
      seen.push(...items.map(({ id }: { id: string }) => id));
      cursor = nextCursor;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect((await enterprise.get(`${queries}?cursor=WyJ4Il0`)).status).toBe(422);
  });

  it('cannot be rewritten, by anybody', async () => {
    const { uscc, enterprise, bank } = await parties(service);
    await enterprise.post(authorisations, consent());
    await bank.post(queries, { uscc, purpose: 'PRE_LOAN' });
    for (const table of ['read_log', 'refused_read', 'evidence_entry', 'evidence_link'])
      for (const change of [`delete from credit.${table}`, `truncate credit.${table} cascade`])
        await expect(service.db.query(change)).rejects.toThrow('append-only');
    await expect(service.db.query(`update credit.read_log set purpose = 'x'`)).rejects.toThrow('append-only');
  });
});
