import { fc, it as property } from '@fast-check/jest';

import { finds, hitsOf, type SearchFilter, type ShownLead, type StandingSearch } from './search.rules.js';

const everything: SearchFilter = {
  amountBands: [],
  districts: [],
  industries: [],
  tiers: [],
  scoreBands: [],
  securities: [],
  purposeWords: [],
  families: [],
};
const lead: ShownLead = {
  needId: 'n',
  amountBand: '300-500',
  district: '320583',
  industry: '39',
  tier: 'T3',
  scoreBand: 'B',
  security: 'UNSECURED',
  termMonths: 12,
  purpose: '研发投入与 CNC 设备',
};
const none = new Set<string>();

describe('a saved search', () => {
  it.each<[Partial<SearchFilter>, boolean]>([
    [{}, true],
    [{ districts: ['320583', '320505'] }, true],
    [{ districts: ['320505'] }, false],
    [{ amountBands: ['300-500'], tiers: ['T3'] }, true],
    [{ amountBands: ['300-500'], tiers: ['T4'] }, false],
    [{ purposeWords: ['厂房', 'cnc'] }, true],
    [{ purposeWords: ['厂房'] }, false],
    [{ families: ['IP_PLEDGE'] }, false],
  ])('%p: %p', (wish, found) => expect(finds({ ...everything, ...wish }, lead, none)).toBe(found));

  it('asks for a family that the bank can serve the lead with', () => {
    expect(finds({ ...everything, families: ['UNSECURED'] }, lead, new Set(['UNSECURED']))).toBe(true);
  });

  it('does not find what is not known', () => {
    expect(finds({ ...everything, tiers: ['T1', 'T2', 'T3', 'T4', 'T5'] }, { ...lead, tier: null }, none)).toBe(false);
  });
});

const aSearch = fc.record({
  id: fc.uuid(),
  personId: fc.constantFrom('p1', 'p2', 'p3'),
  delivery: fc.constantFrom<'IMMEDIATE' | 'DAILY'>('IMMEDIATE', 'DAILY'),
  tiers: fc.subarray(['T2', 'T3']),
});

property.prop([fc.array(aSearch, { maxLength: 12 }), fc.boolean()])(
  'tells a person of a need once, whatever the order of their searches, and at once if any asked for that',
  (wishes, turned) => {
    const searches = wishes.map(({ tiers, ...rest }): StandingSearch => ({
      ...rest,
      institutionId: 'i',
      institutionCode: 'I',
      name: 'x',
      filter: { ...everything, tiers },
    }));
    const hits = hitsOf(lead, turned ? searches.toReversed() : searches, () => none);
    expect(new Set(hits.map(({ personId }) => personId)).size).toBe(hits.length);
    for (const personId of ['p1', 'p2', 'p3']) {
      const found = searches.filter((one) => one.personId === personId && finds(one.filter, lead, none));
      const hit = hits.find((one) => one.personId === personId);
      expect(hit?.delivery).toBe(
        found.length === 0 ? undefined : found.some((one) => one.delivery === 'IMMEDIATE') ? 'IMMEDIATE' : 'DAILY',
      );
    }
    expect(hits.map(({ id }) => id).toSorted()).toEqual(
      hitsOf(lead, searches, () => none)
        .map(({ id }) => id)
        .toSorted(),
    );
  },
);
