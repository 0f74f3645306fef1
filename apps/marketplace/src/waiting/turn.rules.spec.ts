import { fc, it as property } from '@fast-check/jest';

import { turnsOfDraw, turnsOfLine, type Verdict } from './turn.rules.js';

const granted = (grabId: string): Verdict => ({ code: null, grabId });

describe('a line that is asked', () => {
  it('gives the place to the first who may, and passes over who may not', () => {
    const verdicts: Verdict[] = [
      { code: 'COOLING_DOWN' },
      { code: 'AMOUNT_EXHAUSTED' },
      granted('g'),
      { code: 'NEED_FULL' },
    ];
    expect(turnsOfLine(verdicts, 1).map(({ to }) => to)).toEqual(['PASSED', 'WAITING', 'PLACED', 'WAITING']);
  });

  it('asks nobody behind the last free place: who may not now may be able to later', () => {
    expect(turnsOfLine([granted('g'), { code: 'COOLING_DOWN' }], 1).map(({ to }) => to)).toEqual(['PLACED', 'WAITING']);
    expect(turnsOfLine([{ code: 'COOLING_DOWN' }], 0)).toEqual([{ to: 'WAITING' }]);
    expect(turnsOfLine([{ code: 'COOLING_DOWN' }], null)).toEqual([{ to: 'PASSED', reason: 'COOLING_DOWN' }]);
  });
});

it('a draw fills the line in its own order, as far as it is long, and drops who may not', () => {
  const verdicts: Verdict[] = [granted('g'), { code: 'DRAW_QUOTA' }, { code: 'NEED_FULL' }, { code: 'NEED_FULL' }];
  expect(turnsOfDraw(verdicts, 1)).toEqual([
    { to: 'PLACED', grabId: 'g' },
    { to: 'PASSED', reason: 'DRAW_QUOTA' },
    { to: 'WAITING' },
    { to: 'PASSED', reason: 'LINE_FULL' },
  ]);
});

const verdicts = fc.array(
  fc.oneof(
    fc.uuid().map(granted),
    fc.constantFrom('NEED_FULL', 'AMOUNT_EXHAUSTED', 'COOLING_DOWN', 'NOT_A_MEMBER').map((code): Verdict => ({ code })),
  ),
  { maxLength: 20 },
);

property.prop([verdicts, fc.nat(5)])(
  'a line loses no bank without a word, and no more places than are free',
  (list, free) => {
    const turns = turnsOfLine(list, free);
    expect(turns).toHaveLength(list.length);
    const placed = turns.filter(({ to }) => to === 'PLACED');
    expect(placed.length).toBeLessThanOrEqual(free);
    // Nobody gets a place while somebody before it could have had it.
    const last = turns.findLastIndex(({ to }) => to === 'PLACED');
    for (const [index, verdict] of list.slice(0, Math.max(last, 0)).entries())
      if (verdict.code === null) expect(turns[index]!.to).toBe('PLACED');
  },
);

property.prop([verdicts, fc.nat(5)])('a draw lets no more wait than the line holds', (list, lineMax) => {
  const turns = turnsOfDraw(list, lineMax);
  expect(turns.filter(({ to }) => to === 'WAITING').length).toBeLessThanOrEqual(lineMax);
  for (const [index, verdict] of list.entries()) expect(turns[index]!.to === 'PLACED').toBe(verdict.code === null);
});
