import { resolve } from 'node:path';

import { makeUscc } from '@app/kernel';
import { comparable } from '@app/search';

import { labelledClaims, labelledRegister } from '../../test/labelled-claims.js';
import { count, precisionOf, recallOf, type Score } from '../../test/labelled-scores.js';
import { type Known, organisationCodeOf, verdictOf, type Wanted } from './match.rules.js';
import { readMatching, settingsOn } from './matching.driver.js';
import { keysAsked, keysOfName, nameReader, organisationKey, registrationKey } from './name-key.driver.js';

const matching = readMatching(resolve('infra/contracts'));
const settings = settingsOn(matching, '2026-11-23');
const read = nameReader(matching.words);

/** The same keys as in the table, in memory: what is measured is reading, finding and judging names. */
function registerOf(size: number) {
  const firms = labelledRegister(size, 7, makeUscc);
  const byKey = new Map<string, Known[]>();
  for (const firm of firms)
    for (const [place, text] of [firm.name, ...firm.former].entries()) {
      const name = read(text);
      const known: Known = {
        uscc: firm.uscc,
        name,
        former: place > 0,
        registrationNumber: firm.registrationNumber,
        representative: comparable(firm.representative),
        division: firm.division,
        address: comparable(firm.address),
      };
      const keys = [
        organisationKey(firm.uscc.slice(8, 17)),
        registrationKey(firm.registrationNumber),
        ...keysOfName(name),
      ];
      for (const key of new Set(keys)) byKey.set(key, [...(byKey.get(key) ?? []), known]);
    }
  return { firms, byKey };
}

describe('the labelled names', () => {
  const { firms, byKey } = registerOf(8_000);
  const scores = new Map<string, Score>();
  beforeAll(() => {
    for (const claim of labelledClaims(firms, 4_000, 11)) {
      const { claimed } = claim;
      const wanted: Wanted = {
        name: claimed.name === '' ? null : read(claimed.name),
        organisationCode: organisationCodeOf(claimed.organisationCode) ?? '',
        registrationNumber: claimed.registrationNumber,
        representative: comparable(claimed.representative),
        division: claimed.division,
        address: comparable(claimed.address),
      };
      const known = new Set(
        keysAsked(wanted)
          .flat()
          .flatMap((key) => byKey.get(key) ?? []),
      );
      const { outcome, candidates } = verdictOf(wanted, [...known], settings);
      const usccs = candidates.map(({ uscc }) => uscc);
      count(scores, claim, outcome === 'SURE' ? usccs[0]! : null, usccs);
    }
  });

  it('are linked to the right firm almost always when they are linked at all', () => {
    const all = scores.get('all')!;
    expect(precisionOf(all)).toBeGreaterThanOrEqual(0.999);
  });

  it('are linked without a person in most cases, and otherwise the right firm is shown to one', () => {
    const all = scores.get('all')!;
    expect(recallOf(all)).toBeGreaterThanOrEqual(0.95);
    expect((all.right + all.shown) / all.known).toBeGreaterThanOrEqual(0.99);
  });

  it.each([
    'sister company that is not registered',
    'branch of a registered firm',
    'second works beside it',
    'same name in another district',
  ])('of a %s are left to a person', (treatment) => {
    const { links, known } = scores.get(treatment)!;
    expect({ known, links }).toEqual({ known: 0, links: 0 });
  });
});
