import { fc, it as property } from '@fast-check/jest';

import { anOverride, changesOf } from '../../test/support/batch.js';
import { LimitBook } from './limit-book.rules.js';
import { type ApprovedValue, everywhere, policyAt, specificityOf } from './limit.rules.js';

const now = new Date('2026-11-23T02:00:00Z');
const placesAt = (changes: ApprovedValue[], scope: object) =>
  new LimitBook(changes).at(now, { ...everywhere, ...scope }).maxGrabsPerNeed;

describe('the most specific limit', () => {
  const ladder = [
    ...changesOf({ maxGrabsPerNeed: 5 }),
    anOverride('maxGrabsPerNeed', 4, { district: '320505' }, 501),
    anOverride('maxGrabsPerNeed', 3, { product: 'p' }, 502),
    anOverride('maxGrabsPerNeed', 2, { product: 'p', district: '320505' }, 503),
  ];
  const table: [object, number][] = [
    [{}, 5],
    [{ district: '320583' }, 5],
    [{ district: '320505' }, 4],
    [{ product: 'p', district: '320583' }, 3],
    [{ product: 'p', district: '320505' }, 2],
    [{ product: 'q', district: '320505' }, 4],
  ];
  it.each(table)('for %p is %p', (scope, places) => expect(placesAt(ladder, scope)).toBe(places));

  it('is the named bank’s before that of its grade', () => {
    const changes = [
      ...changesOf({ maxOpenGrabsPerInstitution: 50 }),
      anOverride('maxOpenGrabsPerInstitution', 7, { institution: 'b' }, 501),
      anOverride('maxOpenGrabsPerInstitution', 20, { grade: 'D' }, 502),
    ];
    const open = (scope: object) =>
      new LimitBook(changes).at(now, { ...everywhere, ...scope }).maxOpenGrabsPerInstitution;
    expect([open({ institution: 'b', grade: 'D' }), open({ institution: 'c', grade: 'D' }), open({})]).toEqual([
      7, 20, 50,
    ]);
  });

  it('ends with null: what is less specific holds again', () => {
    const ended = [...ladder, anOverride('maxGrabsPerNeed', null, { product: 'p', district: '320505' }, 504)];
    expect(placesAt(ended, { product: 'p', district: '320505' })).toBe(3);
  });

  it('is named with its version, while the version of all is that of the last change', () => {
    const policy = new LimitBook(ladder).at(now, { ...everywhere, district: '320505' });
    expect([policy.version, policy.applied.get('maxGrabsPerNeed')!.version]).toEqual([503, 501]);
  });
});

const some = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null });
const scopes = fc.record({
  institution: some(['b', 'c']),
  product: some(['p', 'q']),
  district: some(['320505', '320583']),
  grade: some(['A', 'D']),
});
const instants = fc.nat(10).map((day) => new Date(now.getTime() + day * 86_400_000));
const overrides = fc.array(
  fc.record({
    what: fc.constantFrom('maxGrabsPerNeed', 'overSubscriptionBp'),
    value: fc.option(fc.integer({ min: 10_000, max: 20_000 }), { nil: null }),
    effectiveFrom: instants,
    scope: scopes.filter((scope) => specificityOf(scope) > 0),
  }),
  { maxLength: 12 },
);

property.prop([overrides, fc.array(fc.tuple(instants, scopes), { minLength: 1, maxLength: 20 })])(
  'is the same from the book, in any order of questions, as folded anew each time',
  (list, questions) => {
    const changes = [...changesOf(), ...list.map((one, index) => ({ ...one, version: 500 + index }))];
    const book = new LimitBook(changes);
    for (const [at, scope] of questions) {
      const { applied: _, ...kept } = book.at(at, scope);
      const { applied: __, ...anew } = policyAt(changes, at, scope);
      expect(kept).toEqual(anew);
    }
  },
);
