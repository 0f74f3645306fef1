import type { Day } from '@app/kernel';

import { aContract } from '../../test/a-contract.js';
import type { Contract } from '../contract/contract.rules.js';
import { fateOf, type Hold, keptUntil, nextLook } from './retention.rules.js';

const today = '2026-11-23' as Day;
const kept = (wish: Partial<NonNullable<Contract['retention']>> = {}, more: Partial<Contract> = {}) =>
  aContract({ retention: { years: 5, from: 'event_date', after: 'DELETE', source: '设计值', ...wish }, ...more });
const record = (eventDate: string, fields: Record<string, unknown> = {}) => ({
  eventDate: eventDate as Day,
  fields,
  uscc: 'A',
  recordKey: 'K',
});
const hold = (wish: Partial<Hold> = {}): Hold => ({
  uscc: null,
  feed: null,
  recordKey: null,
  until: null,
  releasedOn: null,
  ...wish,
});

describe('how long a record is kept', () => {
  it.each([
    ['five years, the last day included', kept(), record('2021-11-23'), '2026-11-23'],
    ['from a leap day', kept({ years: 1 }), record('2024-02-29'), '2025-02-28'],
    [
      'from another field',
      kept({ from: 'closed_on' }),
      record('2000-01-01', { closed_on: '2024-05-01' }),
      '2029-05-01',
    ],
    ['from a field that is not there yet', kept({ from: 'closed_on' }), record('2000-01-01'), null],
  ])('%s', (_, contract, one, expected) => expect(keptUntil(contract, one)).toBe(expected));

  it.each([
    ['the last day is kept', '2021-11-23', [], 'KEPT'],
    ['the day after is due', '2021-11-22', [], 'DUE'],
    ['a legal hold on the enterprise', '2001-01-01', [hold({ uscc: 'A' })], 'HELD'],
    ['a legal hold on the record', '2001-01-01', [hold({ feed: 'town.library', recordKey: 'K' })], 'HELD'],
    ['a hold on another feed', '2001-01-01', [hold({ feed: 'tech.staff' })], 'DUE'],
    ['a hold on another enterprise', '2001-01-01', [hold({ uscc: 'B' })], 'DUE'],
    ['a released hold', '2001-01-01', [hold({ uscc: 'A', releasedOn: today })], 'DUE'],
    ['a duty on its last day', '2001-01-01', [hold({ until: today })], 'HELD'],
    ['a duty the day after', '2001-01-01', [hold({ until: '2026-11-22' as Day })], 'DUE'],
  ])('%s', (_, eventDate, holds, fate) => {
    expect(fateOf(kept(), record(eventDate), { holds, today })).toBe(fate);
  });

  it.each([
    ['the day after the last one', '2022-01-31', [], '2027-02-01'],
    ['never by itself under a legal hold', '2001-01-01', [hold({ uscc: 'A' })], null],
    [
      'when the last duty is over',
      '2001-01-01',
      [
        hold({ until: '2026-12-01' as Day }),
        hold({ until: '2026-12-24' as Day }),
        hold({ until: '2026-11-22' as Day }),
      ],
      '2026-12-25',
    ],
    ['never while one of two holds has no end', '2001-01-01', [hold({ until: today }), hold()], null],
  ])('is looked at again %s', (_, eventDate, holds, day) => {
    expect(nextLook(kept(), record(eventDate), { holds, today })).toBe(day);
  });

  it('is looked at again when it is public no longer', () => {
    const contract = kept({}, { publicity: { recordType: 'PUBLIC_RECORD', until: 'valid_to' } });
    const of = (fields: object) => nextLook(contract, record('2001-01-01', { ...fields }), { holds: [], today });
    expect([of({ valid_to: '2027-01-31' }), of({})]).toEqual(['2027-02-01', null]);
  });

  it('keeps an enterprise in the register as long as it exists', () => {
    const register = kept({ years: 20 }, { registers: { name: 'name' } });
    const of = (status?: string) =>
      fateOf(register, record('1998-01-01', status === undefined ? {} : { status }), { holds: [], today });
    expect([of('存续'), of(), of('注销')]).toEqual(['IN_FORCE', 'IN_FORCE', 'DUE']);
  });

  it('does not delete what is still to be shown', () => {
    const contract = kept({}, { publicity: { recordType: 'PUBLIC_RECORD', until: 'valid_to' } });
    const of = (validTo: string) => fateOf(contract, record('2001-01-01', { valid_to: validTo }), { holds: [], today });
    expect([of('2026-11-23'), of('2026-11-22')]).toEqual(['STILL_PUBLIC', 'DUE']);
  });

  it('does not delete a listing that nobody has ended, and a warning that was never shown', () => {
    const list = kept({}, { publicity: { recordType: 'DISHONEST_DEBTOR', until: 'removed_on' } });
    const of = (contract: Contract, fields: object) =>
      fateOf(contract, record('2001-01-01', { ...fields }), { holds: [], today });
    expect([of(list, {}), of(list, { removed_on: '2026-11-24' }), of(list, { removed_on: '2026-11-23' })]).toEqual([
      'STILL_PUBLIC',
      'STILL_PUBLIC',
      'DUE',
    ]);
    const penalties = kept({}, { publicity: { recordType: 'ENTERPRISE_PENALTY', until: 'public_until' } });
    expect(of(penalties, { kind: '警告' })).toBe('DUE');
  });
});
