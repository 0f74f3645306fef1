import { randomUUID } from 'node:crypto';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { CreditModule } from '../src/credit.module.js';
import { database } from '../src/data-source.js';
import { aCode, authorisations, consent, parties } from './parties.js';

describe('signing and revoking', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(database, CreditModule);
  });
  afterAll(() => service.stop());

  const eventsOf = (id: string) =>
    service.db.query<{ topic: string }>(
      `select topic from credit.outbox where data->>'authorisationId' = $1
       union select event->>'topic' from bus.message where event->'data'->>'authorisationId' = $1 order by 1`,
      [id],
    );

  it('keeps who signed which words, when and from where, and tells it', async () => {
    const { enterprise, bankCode } = await parties(service);
    const text = (await enterprise.get('/api/credit/authorisation-text')).body;
    const signed = await enterprise.post(
      authorisations,
      consent({ institutions: [bankCode], textVersion: text.version }),
    );
    expect(signed.status).toBe(201);
    expect(signed.body).toMatchObject({ status: 'ACTIVE', institutions: [bankCode], textHash: text.hash });
    const [row] = await service.db.query('select * from credit.authorisation where id = $1', [signed.body.id]);
    expect(row).toMatchObject({ signed_by: enterprise.person!.personId, text_hash: text.hash });
    expect(String(row!['signed_address'])).toMatch(/127\.0\.0\.1|::1/);
    expect(await eventsOf(signed.body.id)).toEqual([{ topic: 'credit.authorisation.signed.v1' }]);
  });

  it.each([
    ['an unknown limb', { limbs: ['EVERYTHING'] }, '/limbs'],
    ['no limb', { limbs: [] }, '/limbs'],
    ['a limb twice', { limbs: ['USE', 'USE'] }, '/limbs'],
    ['an unknown purpose', { purposes: ['MARKETING'] }, '/purposes'],
    ['no institution', { institutions: [] }, '/institutions'],
    ['a word instead of institutions', { institutions: 'SOME' }, '/institutions'],
    ['an institution that does not exist', { institutions: ['NOBODY-1'] }, '/institutions/0'],
    ['a day that no calendar has', { validTo: '2027-02-30' }, '/validTo'],
    ['an end in the past', { validFrom: '2026-11-01', validTo: '2026-11-22' }, '/validTo'],
    ['six years', { validTo: '2032-11-23' }, '/validTo'],
    ['a field that nobody knows', { scope: 'x' }, '/scope'],
  ])('refuses %s and says where', async (_, wrong, pointer) => {
    const { enterprise } = await parties(service);
    const answer = await enterprise.post(authorisations, consent(wrong));
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
    expect((await enterprise.get(authorisations)).body.items).toEqual([]);
  });

  it('names only members of the credit database', async () => {
    const { enterprise } = await parties(service);
    const shop = await service.as('account-manager', { memberships: ['MARKETPLACE'] });
    const answer = await enterprise.post(authorisations, consent({ institutions: [shop.person!.organisationCode] }));
    expect(answer.status).toBe(422);
  });

  it('is for enterprises whose identity is proved', async () => {
    const pending = await service.as('enterprise', { uscc: aCode(), status: 'PENDING' });
    expect((await pending.post(authorisations, consent())).body.code).toBe('AUTH.IDENTITY_NOT_PROVED');
    const { bank } = await parties(service);
    expect((await bank.post(authorisations, consent())).status).toBe(403);
  });

  it('refuses a signature under words that are no longer in force', async () => {
    const { enterprise } = await parties(service);
    const answer = await enterprise.post(authorisations, consent({ textVersion: '1999-01' }));
    expect([answer.status, answer.body.code]).toEqual([409, 'CREDIT.TEXT_OUTDATED']);
  });

  it('revokes once, and answers the same state to every further wish', async () => {
    const { enterprise } = await parties(service);
    const { id } = (await enterprise.post(authorisations, consent())).body;
    const first = await enterprise.post(`${authorisations}/${id}/revocation`);
    service.clock.advance(60_000);
    const second = await enterprise.post(`${authorisations}/${id}/revocation`);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body).toMatchObject({ status: 'REVOKED', receipt: { act: 'AUTHORISATION_REVOKED' } });
    expect(second.body.revokedAt).toBe(first.body.revokedAt);
    expect(await eventsOf(id)).toEqual([
      { topic: 'credit.authorisation.revoked.v1' },
      { topic: 'credit.authorisation.signed.v1' },
    ]);
  });

  it('shows and revokes only what is one own', async () => {
    const [mine, theirs] = [await parties(service), await parties(service)];
    const { id } = (await mine.enterprise.post(authorisations, consent())).body;
    expect((await theirs.enterprise.post(`${authorisations}/${id}/revocation`)).status).toBe(404);
    expect((await theirs.enterprise.get(authorisations)).body.items).toEqual([]);
    expect((await mine.enterprise.get(authorisations)).body.items).toMatchObject([{ id, status: 'ACTIVE' }]);
    expect((await mine.enterprise.post(`${authorisations}/${randomUUID()}/revocation`)).status).toBe(404);
  });

  it('lists newest first, page by page, with the status of the day', async () => {
    const { enterprise } = await parties(service);
    const ids: string[] = [];
    for (const wish of [{ validTo: '2026-11-24' }, { validFrom: '2026-12-01' }, {}])
      ids.unshift((await enterprise.post(authorisations, consent(wish))).body.id);
    const first = (await enterprise.get(`${authorisations}?limit=2`)).body;
    const second = (await enterprise.get(`${authorisations}?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(first.items.map(({ status }: { status: string }) => status)).toEqual(['ACTIVE', 'FUTURE']);
    expect(second.nextCursor).toBeNull();
  });

  it('lets nobody change or remove what was signed', async () => {
    const { enterprise } = await parties(service);
    const { id } = (await enterprise.post(authorisations, consent())).body;
    for (const sql of [
      `update credit.authorisation set purposes = '{GUARANTEE}' where id = '${id}'`,
      `delete from credit.authorisation where id = '${id}'`,
      'truncate credit.authorisation cascade',
    ])
      await expect(service.db.query(sql)).rejects.toThrow('append-only');
  });
});
