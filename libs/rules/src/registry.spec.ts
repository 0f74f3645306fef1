import { day } from '@app/kernel';
import { fc, test as property } from '@fast-check/jest';

import { pointsForShare } from './band.js';
import { ruleSetFor, ruleSets } from './registry.js';
import { termsFor } from './rule-set.js';
import { parseTechnologySmeFigures } from './technology-sme/technology-sme-figures.js';

describe('the registry', () => {
  it('runs a rule set on figures as a client writes them', () => {
    const found = ruleSetFor('technology-sme', day('2025-06-30'));
    if (!('ruleSet' in found)) throw new Error(found.missing);
    const answer = found.ruleSet.judge({ employees: 100, rdStaff: 30, salesFen: '0', direct: null });
    expect(answer).toMatchObject({
      evaluation: { points: { staff: 20, rdToSales: null }, verdict: 'NEEDS_EXPERT', asOf: '2025-06-30' },
    });
    expect(found.ruleSet.judge([])).toEqual({ errors: [{ pointer: '', detail: 'must be an object' }] });
  });

  it('says by name why there is none', () => {
    expect(ruleSetFor('gazelle', day('2025-06-30'))).toEqual({ missing: 'UNKNOWN_RULE_SET', known: ruleSets });
    expect(ruleSetFor('__proto__', day('2025-06-30'))).toMatchObject({ missing: 'UNKNOWN_RULE_SET' });
    expect(ruleSetFor('technology-sme', day('2017-05-02'))).toMatchObject({ missing: 'NOT_IN_FORCE' });
    expect(ruleSetFor('technology-sme', day('2017-05-03'))).toHaveProperty('ruleSet');
  });

  it('takes the version of the day, both ends included', () => {
    const versions = [
      { version: '1', source: '', effectiveFrom: day('2020-01-01'), effectiveTo: day('2023-11-27') },
      { version: '2', source: '', effectiveFrom: day('2023-11-28'), effectiveTo: null },
    ];
    expect(termsFor(versions, day('2023-11-27'))?.version).toBe('1');
    expect(termsFor(versions, day('2023-11-28'))?.version).toBe('2');
    expect(termsFor(versions, day('2019-12-31'))).toBeUndefined();
  });
});

describe('supplied figures', () => {
  it('may be absent, and are then not known', () => {
    expect(parseTechnologySmeFigures({ salesFen: '5000000000' })).toMatchObject({
      figures: { salesFen: 5_000_000_000n, employees: null, direct: { hitechCertValid: null } },
    });
  });

  it.each([
    [{ salesFen: 5_000 }, '/salesFen'],
    [{ salesFen: '-1' }, '/salesFen'],
    [{ salesFen: '1.5' }, '/salesFen'],
    [{ salesFen: '0100' }, '/salesFen'],
    [{ salesFen: '1000000000000000000' }, '/salesFen'],
    [{ employees: '100' }, '/employees'],
    [{ employees: -1 }, '/employees'],
    [{ employees: 1.5 }, '/employees'],
    [{ employees: 2 ** 53 }, '/employees'],
    [{ abnormalList: 'false' }, '/abnormalList'],
    [{ abnormalList: 0 }, '/abnormalList'],
    [{ direct: { hitechCertValid: 'yes' } }, '/direct/hitechCertValid'],
    [{ direct: { hiTechCertValid: true } }, '/direct/hiTechCertValid'],
    [{ direct: [] }, '/direct'],
    [{ 'a/b~c': 1 }, '/a~1b~0c'],
    [JSON.parse('{"__proto__":{"employees":1}}') as object, '/__proto__'],
    [{ toString: 1 }, '/toString'],
    [null, ''],
    ['text', ''],
  ])('%j are refused at %s', (supplied, pointer) => {
    const read = parseTechnologySmeFigures(supplied);
    expect('errors' in read && read.errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('get all their errors at once, within reason', () => {
    expect(parseTechnologySmeFigures({ employees: -1, rdStaff: null, salesFen: 1 })).toHaveProperty('errors.length', 2);
    const many = Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`x${index}`, 1]));
    expect(parseTechnologySmeFigures(many)).toHaveProperty('errors.length', 50);
  });
});

property.prop([fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.nat(10_000)])(
  'a share reaches a band exactly when the whole numbers say so',
  (part, whole, atLeastBp) => {
    const reached = pointsForShare(part, whole, [{ atLeastBp, points: 1 }]) === 1;
    const least = (BigInt(atLeastBp) * whole + 9_999n) / 10_000n;
    expect(reached).toBe(part >= least);
  },
);

property.prop([fc.anything()])('nothing supplied makes the reader throw', (supplied) => {
  expect(parseTechnologySmeFigures(supplied)).toBeDefined();
});
