import { targetStatuses } from '@app/contracts';
import { fc, it as property } from '@fast-check/jest';

import { assign, type Bank, type Waiting } from './assignment.rules.js';
import {
  openTargets,
  type ProgressCounts,
  shownCounts,
  statusAfter,
  visitOutcomes,
  withoutSmall,
} from './campaign.rules.js';

const aBank = (code: string, weight = 1, room = 100): Bank => ({
  id: code,
  code,
  name: code,
  weight,
  assigned: 0,
  room,
});
const targets = (count: number, eligible: string[]): Waiting[] =>
  Array.from({ length: count }, (_, index) => ({ targetId: `t${index}`, eligible, tried: [] }));

describe('assignment', () => {
  it('follows the weights of the grades', () => {
    const given = assign('c', targets(70, ['A', 'B', 'C']), [aBank('A', 4), aBank('B', 2), aBank('C', 1)]);
    const of = (code: string) => given.filter(({ bank }) => bank?.code === code).length;
    expect([of('A'), of('B'), of('C')]).toEqual([40, 20, 10]);
  });

  it('serves first whoever has the smallest choice', () => {
    const wide = targets(2, ['A', 'B']);
    const narrow = { targetId: 'narrow', eligible: ['A'], tried: [] };
    const given = assign('c', [...wide, narrow], [aBank('A', 1, 1), aBank('B')]);
    expect(given.find(({ targetId }) => targetId === 'narrow')?.bank?.code).toBe('A');
  });

  it('says why nobody gets it', () => {
    const banks = [aBank('A', 1, 0), aBank('Z', 0)];
    const reasons = assign(
      'c',
      [
        { targetId: '1', eligible: [], tried: [] },
        { targetId: '2', eligible: ['A'], tried: ['A'] },
        { targetId: '3', eligible: ['A', 'Z'], tried: [] },
      ],
      banks,
    ).map(({ targetId, reason }) => [targetId, reason]);
    expect(new Map(reasons as [string, string][])).toEqual(
      new Map([
        ['1', 'NOBODY_NAMED'],
        ['2', 'ALL_TRIED'],
        ['3', 'NO_ROOM'],
      ]),
    );
  });
});

const codes = ['A', 'B', 'C', 'D'];
const someBanks = fc
  .tuple(
    ...codes.map((code) =>
      fc.record({ weight: fc.nat(4), room: fc.nat(6) }).map((wish) => aBank(code, wish.weight, wish.room)),
    ),
  )
  .map((banks) => [...banks]);
const someTargets = fc
  .array(fc.record({ eligible: fc.subarray(codes), tried: fc.subarray(codes) }), { maxLength: 20 })
  .map((list) => list.map((one, index): Waiting => ({ ...one, targetId: `t${index}` })));

property.prop([someBanks, someTargets, fc.boolean()])(
  'never goes beyond room, consent or what was tried, and is the same in any order',
  (banks, waiting, turned) => {
    const given = assign('c', waiting, banks);
    for (const { targetId, bank } of given) {
      const { eligible, tried } = waiting.find((one) => one.targetId === targetId)!;
      if (bank) expect([eligible.includes(bank.code), tried.includes(bank.code)]).toEqual([true, false]);
    }
    for (const { code, room, weight } of banks) {
      const count = given.filter(({ bank }) => bank?.code === code).length;
      expect(count).toBeLessThanOrEqual(weight === 0 ? 0 : room);
    }
    const again = turned ? assign('c', waiting.toReversed(), banks.toReversed()) : assign('c', waiting, banks);
    expect(again).toEqual(given);
  },
);

property.prop([fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), fc.nat(60)])(
  'is fair: with the same choice, no bank lags behind its weight by more than one',
  ([first, second], count) => {
    const given = assign('c', targets(count, ['A', 'B']), [aBank('A', first), aBank('B', second)]);
    const of = (code: string) => given.filter(({ bank }) => bank?.code === code).length;
    expect(Math.abs(of('A') / first - of('B') / second)).toBeLessThanOrEqual(1 / Math.min(first, second) + 1e-9);
  },
);

describe('a visit', () => {
  it('never takes an enterprise back, and nothing follows an outcome', () => {
    expect(statusAfter('APPLIED', 'CONTACTED')).toBe('APPLIED');
    expect(statusAfter('VISITED', 'NOT_REACHED')).toBe('VISITED');
    expect(statusAfter('ASSIGNED', 'LENT')).toBe('LENT');
    for (const status of targetStatuses)
      for (const outcome of visitOutcomes)
        expect(statusAfter(status, outcome) === undefined).toBe(!openTargets.includes(status));
  });
});

it('tells of its reach nothing from which a count below five would follow', () => {
  expect(shownCounts({ considered: 40, withLoan: 10, unknown: 20, targets: 10 })).toEqual({
    considered: 40,
    unknown: 20,
    targets: 10,
  });
  expect(shownCounts({ considered: 40, withLoan: 3, unknown: 20, targets: 17 })).toEqual({
    considered: 40,
    unknown: null,
    targets: null,
  });
  expect(shownCounts({ considered: 4, withLoan: 0, unknown: 4, targets: 0 }).considered).toBeNull();
});

const aCell = fc.record({
  targets: fc.nat(12),
  visited: fc.nat(12),
  applied: fc.nat(12),
  lent: fc.nat(12),
  refused: fc.nat(12),
  notInterested: fc.nat(12),
});

property.prop([fc.array(aCell, { minLength: 2, maxLength: 6 })])(
  'shows a regulator no count below five, and none that follows from the total',
  (cells: ProgressCounts[]) => {
    const shown = withoutSmall(cells);
    for (const measure of ['targets', 'lent'] as const) {
      const hidden = shown.filter((cell) => cell[measure] === null).length;
      expect(hidden).not.toBe(1);
      for (const [index, cell] of shown.entries())
        if (cell[measure] !== null) expect([0, cells[index]![measure]].includes(cell[measure])).toBe(true);
      expect(shown.some((cell) => cell[measure] !== null && cell[measure] > 0 && cell[measure] < 5)).toBe(false);
    }
  },
);
