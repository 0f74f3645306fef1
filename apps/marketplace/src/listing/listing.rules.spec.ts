import { takeUpStatuses } from '@app/contracts';
import { day } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { csvCell, csvOf } from './csv.rules.js';
import { isOver, mayName, openTakeUps, refusalOf, takeUpMoves, type TakingUp } from './listing.rules.js';

const fine: TakingUp = {
  listing: {
    status: 'PUBLISHED',
    opensOn: day('2026-11-01'),
    closesOn: day('2026-11-30'),
    banksPerEntry: 1,
    openPerInstitution: 2,
  },
  entry: { consent: 'CONSENTED', taken: 0 },
  bank: { hadThis: false, open: 1 },
  today: day('2026-11-30'),
};

describe('taking up an entry', () => {
  it('is allowed on the last day, with the last place, as the last open one', () => {
    expect(refusalOf(fine)).toBeUndefined();
  });

  it.each<[string, (of: TakingUp) => TakingUp, string]>([
    ['before it opens', (of) => ({ ...of, today: day('2026-10-31') }), 'NOT_OPEN'],
    ['after it closed', (of) => ({ ...of, today: day('2026-12-01') }), 'NOT_OPEN'],
    ['when it was closed early', (of) => ({ ...of, listing: { ...of.listing, status: 'CLOSED' } }), 'NOT_OPEN'],
    ['without an answer', (of) => ({ ...of, entry: { ...of.entry, consent: 'ASKED' } }), 'NOT_CONSENTED'],
    ['against a refusal', (of) => ({ ...of, entry: { ...of.entry, consent: 'REFUSED' } }), 'NOT_CONSENTED'],
    ['a second time', (of) => ({ ...of, bank: { ...of.bank, hadThis: true } }), 'ALREADY_TAKEN_UP'],
    ['when others have it', (of) => ({ ...of, entry: { ...of.entry, taken: 1 } }), 'ENTRY_FULL'],
    ['with too many open', (of) => ({ ...of, bank: { ...of.bank, open: 2 } }), 'TOO_MANY_OPEN'],
  ])('is refused %s', (_, change, refusal) => expect(refusalOf(change(fine))).toBe(refusal));

  it('ends: every way through the states comes to money or to giving up', () => {
    for (const status of takeUpStatuses) {
      const over = takeUpMoves[status].length === 0;
      expect(openTakeUps.includes(status)).toBe(!over);
      if (!over) expect(takeUpMoves[status]).toContain('GIVEN_UP');
    }
  });
});

it('names nobody who has not said yes, except to the department that wrote the list', () => {
  const [bank, department, office] = [
    { ownsListing: false, isBank: true },
    { ownsListing: true, isBank: false },
    { ownsListing: false, isBank: false },
  ];
  for (const consent of ['ASKED', 'REFUSED'] as const)
    for (const tookUp of [true, false]) {
      expect(mayName(bank, { consent, tookUp }, false)).toBe(false);
      expect(mayName(department, { consent, tookUp }, true)).toBe(true);
    }
  const agreed = { consent: 'CONSENTED', tookUp: false } as const;
  expect([mayName(bank, agreed, false), mayName(office, agreed, false)]).toEqual([true, false]);
  // The consent was for the taking up: afterwards only those know the name who took the entry up.
  expect([mayName(bank, agreed, true), mayName(bank, { ...agreed, tookUp: true }, true)]).toEqual([false, true]);
});

it('is over after its last day, whenever the job comes, or when its department ends it', () => {
  const open = { status: 'PUBLISHED', closesOn: day('2026-11-30') } as const;
  expect([isOver(open, day('2026-11-30')), isOver(open, day('2026-12-01'))]).toEqual([false, true]);
  expect(isOver({ ...open, status: 'CLOSED' }, day('2026-11-01'))).toBe(true);
});

it('writes no formula into a spreadsheet', () => {
  for (const text of ['=1+1', '+86', '-1', '@x', '\t=1', ' =1', '＝1']) expect(csvCell(text)).toMatch(/^"?'/);
  expect(csvCell('苏州"光能",一厂')).toBe('"苏州""光能"",一厂"');
  expect(csvOf(['名称'], [['a']])).toBe('\uFEFF名称\r\na\r\n');
});

property.prop([fc.string()])('quotes so that a reader gets the cell back', (text) => {
  const cell = csvCell(text);
  const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
  expect([text, `'${text}`]).toContain(read);
});
