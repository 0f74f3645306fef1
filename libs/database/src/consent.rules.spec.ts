import { addDays, type Day, day } from '@app/kernel';
import { fc, test } from '@fast-check/jest';

import { decideConsent, limbs, purposes, type SignedAuthorisation } from './consent.rules.js';

const today = day('2026-11-23');
const ask = { institution: 'BANK-A', purpose: 'PRE_LOAN', today };

const signed = (wish: Partial<SignedAuthorisation> = {}): SignedAuthorisation => ({
  id: '1',
  limbs: ['COLLECTION', 'USE'],
  institutions: ['BANK-A'],
  purposes: ['PRE_LOAN'],
  validFrom: today,
  validTo: today,
  signedAt: new Date('2026-11-01T00:00:00Z'),
  revokedAt: null,
  ...wish,
});

describe('consent of one enterprise', () => {
  it.each([
    ['nothing was signed', [], 'AUTHORISATION'],
    ['it was revoked', [signed({ revokedAt: new Date() })], 'AUTHORISATION'],
    ['it begins tomorrow', [signed({ validFrom: addDays(today, 1), validTo: addDays(today, 9) })], 'AUTHORISATION'],
    ['it ended yesterday', [signed({ validFrom: addDays(today, -9), validTo: addDays(today, -1) })], 'EXPIRED'],
    [
      'one that never named us ended',
      [signed({ institutions: ['BANK-B'], validFrom: addDays(today, -9), validTo: addDays(today, -1) })],
      'AUTHORISATION',
    ],
    ['only collection was permitted', [signed({ limbs: ['COLLECTION'] })], 'USE'],
    ['another bank is named', [signed({ institutions: ['BANK-B'] })], 'INSTITUTION'],
    ['another purpose is named', [signed({ purposes: ['GUARANTEE'] })], 'PURPOSE'],
    ['only use was permitted', [signed({ limbs: ['USE'] })], 'COLLECTION'],
  ])('is refused when %s', (_, authorisations, missing) => {
    expect(decideConsent(authorisations, ask)).toMatchObject({ granted: false, missing });
  });

  it('holds on its first and on its last day, and for all institutions when none is named', () => {
    expect(decideConsent([signed()], ask)).toMatchObject({ granted: true, authorisationId: '1' });
    expect(decideConsent([signed({ institutions: null })], ask).granted).toBe(true);
  });

  it('takes collection from one signature and use from another', () => {
    const both = [
      signed({ id: 'c', limbs: ['COLLECTION'], institutions: ['BANK-B'] }),
      signed({ id: 'u', limbs: ['USE'] }),
    ];
    expect(decideConsent(both, ask)).toMatchObject({ granted: true, authorisationId: 'u', collectionId: 'c' });
  });

  it('names the latest signature', () => {
    const older = signed({ id: 'old', signedAt: new Date('2026-01-01T00:00:00Z') });
    expect(decideConsent([older, signed({ id: 'new' })], ask)).toMatchObject({ authorisationId: 'new' });
  });
});

const offset = fc.integer({ min: -20, max: 20 }).map((days): Day => addDays(today, days));
const anAuthorisation: fc.Arbitrary<SignedAuthorisation> = fc.record({
  id: fc.uuid(),
  limbs: fc.subarray([...limbs], { minLength: 1 }),
  institutions: fc.option(fc.subarray(['BANK-A', 'BANK-B'], { minLength: 1 }), { nil: null }),
  purposes: fc.subarray([...purposes], { minLength: 1 }),
  validFrom: offset,
  validTo: offset,
  signedAt: fc.date({ min: new Date(0), max: new Date('2026-11-23'), noInvalidDate: true }),
  revokedAt: fc.option(fc.constant(new Date('2026-11-22')), { nil: null }),
});

describe('consent, whatever was signed', () => {
  test.prop([fc.array(anAuthorisation, { maxLength: 6 }), fc.constantFrom('BANK-A', 'BANK-B', 'BANK-C')])(
    'is granted exactly when a standing signature covers the use and a standing one the collection',
    (all, institution) => {
      const standing = all.filter((one) => one.revokedAt === null && one.validFrom <= today && today <= one.validTo);
      const use = standing.some(
        (one) =>
          one.limbs.includes('USE') &&
          one.purposes.includes('PRE_LOAN') &&
          (one.institutions === null || one.institutions.includes(institution)),
      );
      const collection = standing.some((one) => one.limbs.includes('COLLECTION'));
      const decision = decideConsent(all, { ...ask, institution });
      expect(decision.granted).toBe(use && collection);
      expect(decision.limbs).toEqual({ collection, use });
    },
  );

  test.prop([fc.array(anAuthorisation, { maxLength: 6 })])('is gone once everything is revoked', (all) => {
    const revoked = all.map((one) => ({ ...one, revokedAt: new Date('2026-11-22') }));
    expect(decideConsent(revoked, ask)).toMatchObject({ granted: false, missing: 'AUTHORISATION' });
  });

  test.prop([fc.array(anAuthorisation, { maxLength: 6 })])('does not depend on the order of rows', (all) => {
    expect(decideConsent(all.toReversed(), ask)).toEqual(decideConsent(all, ask));
  });
});
