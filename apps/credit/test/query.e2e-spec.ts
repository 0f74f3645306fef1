import { randomUUID } from 'node:crypto';

import { aRecord } from '../../../test/support/records.js';
import { startService, type TestClient, type TestService } from '../../../test/support/test-service.js';
import { CreditModule } from '../src/credit.module.js';
import { database } from '../src/data-source.js';
import { aCode, authorisations, consent, parties, queries } from './parties.js';

describe('asking for a credit report', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(database, CreditModule);
  });
  afterAll(() => service.stop());

  const countOf = async (table: string, uscc: string): Promise<number> => {
    const [row] = await service.db.query<{ n: number }>(
      `select count(*)::int as n from credit.${table} where ${table === 'evidence_entry' ? 'subject' : 'uscc'} = $1`,
      [uscc],
    );
    return row!.n;
  };
  const refusalsOf = async (uscc: string) =>
    (await service.db.query<{ code: string }>('select code from credit.refused_read where uscc = $1', [uscc])).map(
      ({ code }) => code,
    );

  it('gives the report with a receipt, and logs the read under its authorisation', async () => {
    const { uscc, enterprise, bank } = await parties(service);
    await aRecord(service.db, {
      uscc,
      feed: 'registry.enterprise',
      recordKey: uscc,
      fields: { name: '苏州新桥光电', registered_capital: '1000000000' },
      eventDate: '2026-10-31',
      reportDate: '2026-11-01',
    });
    await aRecord(service.db, {
      uscc,
      feed: 'tax.credit-rating',
      recordKey: `${uscc}-2025`,
      fields: { year: 2025, level: 'A' },
      basis: 'AUTHORISED',
      eventDate: '2026-10-31',
      reportDate: '2026-11-01',
    });
    const { id } = (await enterprise.post(authorisations, consent())).body;

    const answer = await bank.post(queries, { uscc, purpose: 'PRE_LOAN' });

    expect(answer.status).toBe(201);
    const { queryId, report, receipt } = answer.body;
    expect(report.cover).toMatchObject({ number: queryId, uscc, name: '苏州新桥光电', authorisationId: id });
    expect(report.overview).toEqual({ records: 2, positive: 1, negative: 0, score: null });
    const registration = report.sections.find(({ code }: { code: string }) => code === 'REGISTRATION');
    expect(registration.items[0]).toMatchObject({ feed: 'registry.enterprise', version: 1, eventDate: '2026-10-31' });
    expect(registration.items[0].fields).toContainEqual({
      code: 'registered_capital',
      label: '注册资本',
      kind: 'fen',
      value: '1000000000',
    });
    expect(report.sources).toContainEqual(
      expect.objectContaining({ feed: 'tax.credit-rating', latestReportDate: '2026-11-01', basis: 'AUTHORISED' }),
    );
    expect(receipt).toMatchObject({ act: 'CREDIT_QUERY', service: 'credit' });
    const logged = await service.db.query('select * from credit_api.read_v1 where uscc = $1', [uscc]);
    expect(logged).toMatchObject([{ id: queryId, authorisation_id: id, person_id: bank.person!.personId }]);
  });

  it.each<[string, object | undefined, string]>([
    ['nothing was signed', undefined, 'CREDIT.NO_AUTHORISATION'],
    ['use is missing', { limbs: ['COLLECTION'] }, 'CREDIT.NO_USE_LIMB'],
    ['collection is missing', { limbs: ['USE'] }, 'CREDIT.NO_COLLECTION_LIMB'],
    ['the purpose is another', { purposes: ['SUBSIDY_REVIEW'] }, 'CREDIT.PURPOSE_NOT_COVERED'],
    ['it has not begun', { validFrom: '2026-11-24' }, 'CREDIT.NO_AUTHORISATION'],
  ])('refuses and keeps the attempt when %s', async (_, wish, code) => {
    const { uscc, enterprise, bank } = await parties(service);
    if (wish) expect((await enterprise.post(authorisations, consent(wish))).status).toBe(201);
    const answer = await bank.post(queries, { uscc, purpose: 'PRE_LOAN' });
    expect([answer.status, answer.body.code]).toEqual([403, code]);
    expect(await refusalsOf(uscc)).toEqual([code]);
    expect(await countOf('read_log', uscc)).toBe(0);
  });

  it('refuses a bank that is not named, and serves the one that is', async () => {
    const { uscc, enterprise, bank, bankCode } = await parties(service);
    const other = await service.as('account-manager');
    await enterprise.post(authorisations, consent({ institutions: [bankCode] }));
    expect((await bank.post(queries, { uscc, purpose: 'PRE_LOAN' })).status).toBe(201);
    expect((await other.post(queries, { uscc, purpose: 'PRE_LOAN' })).body.code).toBe('CREDIT.INSTITUTION_NOT_NAMED');
  });

  it('serves on the last day and refuses on the day after', async () => {
    const { uscc, enterprise, bank } = await parties(service);
    await enterprise.post(authorisations, consent({ validTo: '2026-11-23' }));
    service.clock.set('2026-11-23T15:59:59.999Z');
    expect((await bank.post(queries, { uscc, purpose: 'PRE_LOAN' })).status).toBe(201);
    service.clock.set('2026-11-23T16:00:00Z');
    expect((await bank.post(queries, { uscc, purpose: 'PRE_LOAN' })).body.code).toBe('CREDIT.AUTHORISATION_EXPIRED');
    service.clock.set('2026-11-23T02:00:00Z');
  });

  it('does not tell an unknown enterprise from one that signed nothing', async () => {
    const { uscc, bank } = await parties(service);
    const known = await bank.post(queries, { uscc, purpose: 'PRE_LOAN' });
    const unknown = await bank.post(queries, { uscc: aCode(), purpose: 'PRE_LOAN' });
    const plain = ({ body }: typeof known) => ({ ...body, requestId: null });
    expect(plain(unknown)).toEqual(plain(known));
  });

  it('is for account managers of credit members, looked at in the moment of the read', async () => {
    const { uscc, enterprise, bank } = await parties(service);
    await enterprise.post(authorisations, consent());
    for (const role of ['enterprise', 'regulator', 'operator', 'source', 'institution-admin'] as const) {
      const wish = role === 'enterprise' ? { uscc: aCode() } : {};
      expect((await (await service.as(role, wish)).post(queries, { uscc, purpose: 'PRE_LOAN' })).status).toBe(403);
    }
    // The look of a second ago is still warm when the membership ends.
    expect((await bank.post(queries, { uscc, purpose: 'PRE_LOAN' })).status).toBe(201);
    await service.db.query(`update identity.organisation set memberships = '{}' where id = $1`, [
      bank.person!.organisationId,
    ]);
    expect((await bank.post(queries, { uscc, purpose: 'PRE_LOAN' })).body.code).toBe('CREDIT.NOT_A_MEMBER');
    await service.db.query('update identity.session set ended_at = now() where id = $1', [bank.person!.sessionId]);
    expect((await bank.post(queries, { uscc, purpose: 'PRE_LOAN' })).status).toBe(401);
  });

  it.each([
    ['a code that is none', { uscc: '123' }, 422],
    ['a purpose that is none', { purpose: 'CURIOSITY' }, 422],
    ['an unknown field', { depth: 1 }, 422],
  ])('refuses %s', async (_, wrong, status) => {
    const { uscc, bank } = await parties(service);
    expect((await bank.post(queries, { uscc, purpose: 'PRE_LOAN', ...wrong })).status).toBe(status);
  });

  describe('with the same key', () => {
    const ask = (bank: TestClient, body: object, key: string) => bank.post(queries, body, { 'idempotency-key': key });

    it('gives the same report and logs one read', async () => {
      const { uscc, enterprise, bank } = await parties(service);
      await enterprise.post(authorisations, consent());
      const key = randomUUID();
      const [first, second] = [
        await ask(bank, { uscc, purpose: 'PRE_LOAN' }, key),
        await ask(bank, { uscc, purpose: 'PRE_LOAN' }, key),
      ];
      expect(second.status).toBe(201);
      expect(second.body).toEqual(first.body);
      expect(await countOf('read_log', uscc)).toBe(1);
      const [{ n }] = (await service.db.query(
        `select count(*)::int as n from credit.evidence_entry where subject = $1 and act = 'CREDIT_QUERY'`,
        [uscc],
      )) as [{ n: number }];
      expect(n).toBe(1);
      expect((await ask(bank, { uscc, purpose: 'POST_LOAN' }, key)).body.code).toBe('IDEMPOTENCY.KEY_REUSED');
      expect((await ask(bank, { uscc, purpose: 'PRE_LOAN' }, '')).status).toBe(400);
    });

    it('gives no stored report after the revocation', async () => {
      const { uscc, enterprise, bank } = await parties(service);
      const { id } = (await enterprise.post(authorisations, consent())).body;
      const key = randomUUID();
      expect((await ask(bank, { uscc, purpose: 'PRE_LOAN' }, key)).status).toBe(201);
      await enterprise.post(`${authorisations}/${id}/revocation`);
      expect((await ask(bank, { uscc, purpose: 'PRE_LOAN' }, key)).body.code).toBe('CREDIT.NO_AUTHORISATION');
    });
  });

  it('serves nobody once a revocation is acknowledged, however many are reading', async () => {
    const { uscc, enterprise, bank } = await parties(service);
    const { id } = (await enterprise.post(authorisations, consent())).body;
    let acknowledged = false;
    const served: boolean[] = [];
    const readers = Array.from({ length: 50 }, async (_, reader) => {
      for (let round = 0; round < 4; round += 1) {
        const begunAfter = acknowledged;
        const { status } = await bank.post(queries, { uscc, purpose: 'PRE_LOAN' });
        if (begunAfter) served.push(status === 201);
        if (reader === 10 && round === 0) {
          expect((await enterprise.post(`${authorisations}/${id}/revocation`)).status).toBe(200);
          acknowledged = true;
        }
      }
    });
    await Promise.all(readers);
    expect(served.length).toBeGreaterThan(20);
    expect(served).not.toContain(true);
    // In the database's own order: no read was committed after the revocation.
    const [late] = await service.db.query<{ late: boolean }>(
      `select exists (
         select from credit.evidence_entry q join credit.evidence_entry r on r.subject = q.subject
         where q.subject = $1 and q.act = 'CREDIT_QUERY' and r.act = 'AUTHORISATION_REVOKED' and q.sequence > r.sequence
       ) as late`,
      [uscc],
    );
    expect(late).toEqual({ late: false });
    expect((await countOf('read_log', uscc)) + (await countOf('refused_read', uscc))).toBe(200);
  });
});
