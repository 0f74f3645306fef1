import { consentFor, withConsentExclusive, withConsentShared } from '@app/database';
import { day } from '@app/kernel';
import { DataSource } from 'typeorm';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { CreditModule } from '../src/credit.module.js';
import { database } from '../src/data-source.js';
import { authorisations, consent, parties, queries } from './parties.js';

describe('the consent gate', () => {
  let service: TestService;
  let db: DataSource;
  beforeAll(async () => {
    service = await startService(database, CreditModule);
    db = service.app.get(DataSource);
  });
  afterAll(() => service.stop());

  /** Resolves as soon as somebody stands before a lock in this database; 5 000 looks take some seconds. */
  async function somebodyWaits(): Promise<void> {
    for (let looks = 0; looks < 5_000; looks += 1) {
      const [row] = await service.db.query<{ n: number }>(
        `select count(*)::int as n from pg_locks
         where locktype = 'advisory' and not granted
           and database = (select oid from pg_database where datname = current_database())`,
      );
      if (row!.n > 0) return;
    }
    throw new Error('nobody waits for the consent of the enterprise');
  }

  it('lets a read that began finish before the revocation is acknowledged', async () => {
    const { uscc, enterprise, bankCode } = await parties(service);
    const { id } = (await enterprise.post(authorisations, consent())).body;
    const ask = { uscc, institution: bankCode, purpose: 'PRE_LOAN', today: day('2026-11-23') };
    let acknowledged = false;

    const revocation = await db.transaction(async (tx) => {
      await withConsentShared(tx, uscc);
      const answer = enterprise.post(`${authorisations}/${id}/revocation`).then((response) => {
        acknowledged = true;
        return response;
      });
      await somebodyWaits();
      expect(acknowledged).toBe(false);
      expect((await consentFor(tx, ask)).granted).toBe(true);
      return { answer };
    });

    expect((await revocation.answer).status).toBe(200);
    expect((await consentFor(db.manager, ask)).granted).toBe(false);
  });

  it('makes a read that comes during a revocation wait, and then see it', async () => {
    const { uscc, enterprise, bank } = await parties(service);
    const { id } = (await enterprise.post(authorisations, consent())).body;

    const { answer } = await db.transaction(async (tx) => {
      await withConsentExclusive(tx, uscc);
      await tx.query(
        `insert into authorisation_revocation values ($1, now(), gen_random_uuid(), gen_random_uuid(), 'here')`,
        [id],
      );
      const waiting = bank.post(queries, { uscc, purpose: 'PRE_LOAN' });
      await somebodyWaits();
      return { answer: waiting };
    });

    expect((await answer).body.code).toBe('CREDIT.NO_AUTHORISATION');
  });

  it('does not make readers of one enterprise wait for each other, nor for another enterprise', async () => {
    const [a, b] = [await parties(service), await parties(service)];
    await a.enterprise.post(authorisations, consent());
    await db.transaction(async (tx) => {
      await withConsentShared(tx, a.uscc);
      expect((await a.bank.post(queries, { uscc: a.uscc, purpose: 'PRE_LOAN' })).status).toBe(201);
      expect((await b.enterprise.post(authorisations, consent())).status).toBe(201);
    });
  });
});
