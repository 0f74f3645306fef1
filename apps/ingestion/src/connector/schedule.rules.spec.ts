import { nextTurn, turnAfterFailure } from './schedule.rules.js';

const at = (text: string) => new Date(text);

describe('when a source is asked', () => {
  it('every so many minutes after its last turn', () => {
    expect(nextTurn({ everyMinutes: 15 }, at('2026-11-23T02:00:00Z'))).toEqual(at('2026-11-23T02:15:00Z'));
  });

  it.each([
    ['2026-11-22T18:29:00Z', '2026-11-22T18:30:00Z'], // 02:29 in Suzhou
    ['2026-11-22T18:30:00Z', '2026-11-23T05:00:00Z'],
    ['2026-11-23T05:00:00Z', '2026-11-23T18:30:00Z'], // tomorrow's first
    ['2026-12-31T15:59:00Z', '2026-12-31T18:30:00Z'], // over midnight of the year
  ])('at 02:30 and 13:00 in Suzhou: after %s comes %s', (last, next) => {
    expect(nextTurn({ at: ['13:00', '02:30'] }, at(last))).toEqual(at(next));
  });

  it('makes up one turn after a stop of days, and not one for each', () => {
    const stopped = at('2026-11-20T18:30:00Z');
    const now = at('2026-11-23T02:00:00Z');
    expect(nextTurn({ at: ['02:30'] }, stopped) <= now).toBe(true);
    expect(nextTurn({ at: ['02:30'] }, now)).toEqual(at('2026-11-23T18:30:00Z'));
  });

  it('goes again sooner after a failure, later and later, and never later than planned', () => {
    const now = at('2026-11-23T02:00:00Z');
    const minutes = (failures: number) =>
      (turnAfterFailure({ everyMinutes: 60 }, now, failures).getTime() - now.getTime()) / 60_000;
    expect([1, 2, 3, 6, 7, 50].map(minutes)).toEqual([1, 2, 4, 32, 60, 60]);
  });
});
