import { addDays, addMonths, day } from '@app/kernel';

import { textHash, textInForce } from './authorisation-text.rules.js';
import { faultsOfTerm, statusOf } from './authorisation.rules.js';

const today = day('2026-11-23');

describe('the term of an authorisation', () => {
  it.each([
    ['one day', today, today, []],
    ['five years to the day', today, addMonths(today, 60), []],
    ['a day more than five years', today, addDays(addMonths(today, 60), 1), ['/validTo']],
    ['an end before the beginning', addDays(today, 5), addDays(today, 4), ['/validTo']],
    ['an end before today', addDays(today, -9), addDays(today, -1), ['/validTo']],
    ['a beginning a month ago', addDays(today, -31), today, []],
    ['a beginning longer ago', addDays(today, -32), today, ['/validFrom']],
    ['a beginning in a year', addDays(today, 366), addDays(today, 400), []],
    ['a beginning later than that', addDays(today, 367), addDays(today, 400), ['/validFrom']],
    ['the end of all calendars', day('2199-12-31'), day('2199-12-31'), ['/validFrom']],
  ])('%s', (_, validFrom, validTo, pointers) => {
    expect(faultsOfTerm({ validFrom, validTo }, today).map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('gives each day its status, and revoked above all', () => {
    const term = { validFrom: today, validTo: addDays(today, 1) };
    expect([-1, 0, 1, 2].map((days) => statusOf(term, null, addDays(today, days)))).toEqual([
      'FUTURE',
      'ACTIVE',
      'ACTIVE',
      'EXPIRED',
    ]);
    expect(statusOf(term, new Date(), addDays(today, 2))).toBe('REVOKED');
  });
});

describe('the text of authorisations', () => {
  it('is in force since the platform went on line and not before', () => {
    expect(textInForce(day('2015-03-31'))).toBeUndefined();
    expect(textInForce(day('2015-04-01'))?.version).toBe('2015-04');
  });

  it('has a hash that one changed word changes', () => {
    const text = textInForce(today)!;
    const changed = { ...text, zh: { ...text.zh, notice: `${text.zh.notice}。` } };
    expect(textHash(changed)).not.toBe(textHash(text));
  });
});
