import type { Day } from '@app/kernel';

import { aContract } from '../../test/a-contract.js';
import { isHidden, type Publicity, type PublicityCase, publicityOf, publicityOfRecord } from './publicity.rules.js';

type Case = [string, Omit<PublicityCase, 'subject'> & { subject?: 'PERSON' }, Publicity];

const of = (recordType: PublicityCase['recordType'], publishedOn: string | null, asOf: string, more: object = {}) => ({
  recordType,
  publishedOn: publishedOn as Day | null,
  asOf: asOf as Day,
  ...more,
});
const until = (publicUntil: string | null, visible: boolean, deleteBy5YearRule = false): Publicity => ({
  publicUntil: publicUntil as Day | null,
  visible,
  deleteBy5YearRule,
});

describe('how long a decision is shown', () => {
  it.each<Case>([
    ['a warning alone is not published', of('SAMR_WARNING_ONLY', null, '2025-03-04'), until(null, false)],
    [
      'criticism: the last day of three months',
      of('SAMR_CRITICISM', '2025-01-15', '2025-04-15'),
      until('2025-04-15', true),
    ],
    ['criticism: the day after', of('SAMR_CRITICISM', '2025-01-15', '2025-04-16'), until('2025-04-15', false)],
    [
      'a small fine to the end of a short month',
      of('SAMR_SMALL_FINE', '2024-11-30', '2025-02-28'),
      until('2025-02-28', true),
    ],
    ['a small fine: March has begun', of('SAMR_SMALL_FINE', '2024-11-30', '2025-03-01'), until('2025-02-28', false)],
    ['a small fine in a leap year', of('SAMR_SMALL_FINE', '2023-11-30', '2024-02-29'), until('2024-02-29', true)],
    ['others: the last day of three years', of('SAMR_OTHER', '2023-03-01', '2026-03-01'), until('2026-03-01', true)],
    ['others: the day after', of('SAMR_OTHER', '2023-03-01', '2026-03-02'), until('2026-03-01', false)],
    [
      'a restriction of five years is shown as long',
      of('SAMR_OTHER', '2023-03-01', '2027-01-01', { restrictedUntil: '2028-03-01' }),
      until('2028-03-01', true),
    ],
    [
      'a repair hides from its day on',
      of('REPAIR_SERIOUS', '2026-05-01', '2027-05-02', { removedOn: '2027-05-02' }),
      until('2027-05-01', false),
    ],
    ['minor ones are not published', of('REPAIR_MINOR', '2026-05-01', '2026-05-02'), until(null, false)],
    ['general ones at most a year', of('REPAIR_GENERAL', '2026-05-01', '2027-05-02'), until('2027-05-01', false)],
    ['a listed debtor while listed', of('DISHONEST_DEBTOR', '2020-01-01', '2026-11-23'), until(null, true)],
    [
      'a listed debtor on the day of removal',
      of('DISHONEST_DEBTOR', '2020-01-01', '2026-11-23', { removedOn: '2026-11-23' }),
      until('2026-11-22', false),
    ],
    [
      'a personal one on the last day of five years',
      of('PERSONAL_NEGATIVE', null, '2026-11-23', { subject: 'PERSON', endedOn: '2021-11-23' }),
      until(null, false),
    ],
    [
      'a personal one the day after five years',
      of('PERSONAL_NEGATIVE', null, '2026-11-24', { subject: 'PERSON', endedOn: '2021-11-23' }),
      until(null, false, true),
    ],
    [
      'a personal one that goes on: no clock has started',
      of('PERSONAL_NEGATIVE', '2001-01-01', '2026-11-24', { subject: 'PERSON', endedOn: null }),
      until(null, false),
    ],
    [
      'an enterprise’s old one is under no rule of five years',
      of('SAMR_OTHER', '2010-01-01', '2026-11-24', { endedOn: '2010-01-01' }),
      until('2013-01-01', false),
    ],
  ])('%s', (_, one, expected) => {
    expect(publicityOf({ subject: 'ENTERPRISE', ...one })).toEqual(expected);
  });
});

describe('how long a record is shown', () => {
  const penalty = aContract({ publicity: { recordType: 'ENTERPRISE_PENALTY', until: 'public_until' } });
  const debtor = aContract({ publicity: { recordType: 'DISHONEST_DEBTOR', until: 'removed_on' } });
  const licence = aContract({ publicity: { recordType: 'PUBLIC_RECORD', until: 'valid_to' } });
  const record = (fields: Record<string, unknown>, eventDate = '2025-05-06') => ({
    eventDate: eventDate as Day,
    fields,
  });

  it.each([
    ['the source’s own day goes before the law', penalty, record({ public_until: '2025-08-01' }), '2025-08-01'],
    ['without one: three years from the decision', penalty, record({ decided_on: '2025-05-05' }), '2028-05-05'],
    ['without a decision date: from the event', penalty, record({ kind: '罚款' }), '2028-05-06'],
    ['criticism', penalty, record({ kind: '通报批评' }), '2025-08-06'],
    ['from April 2026 on: the longest', penalty, record({ kind: '警告' }, '2026-04-01'), '2029-04-01'],
    ['a debtor to the day before removal', debtor, record({ removed_on: '2025-08-01' }), '2025-07-31'],
    ['a debtor on the list', debtor, record({}), null],
    ['a licence to its last day', licence, record({ valid_to: '2025-08-01' }), '2025-08-01'],
    ['a licence without end', licence, record({}), null],
    ['what has no end', aContract(), record({ valid_to: '2025-08-01' }), null],
  ])('%s', (_, contract, one, expected) => {
    expect(publicityOfRecord(contract, one)).toEqual({ published: true, publicUntil: expected });
  });

  it('never shows a warning alone', () => {
    expect(publicityOfRecord(penalty, record({ kind: '警告' }))).toEqual({ published: false, publicUntil: null });
  });

  it('is hidden from the day after its last', () => {
    const last = { published: true, publicUntil: '2025-08-01' as Day };
    expect(isHidden(last, '2025-08-01' as Day)).toBe(false);
    expect(isHidden(last, '2025-08-02' as Day)).toBe(true);
    expect(isHidden({ published: true, publicUntil: null }, '2199-01-01' as Day)).toBe(false);
  });
});
