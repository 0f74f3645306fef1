import { addDays, addWorkdays, chineseCalendar, type Day, day, isWorkday } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import {
  endedOn,
  type Pause,
  type PauseAsk,
  pausedDeadline,
  pausedWorkdays,
  pauseReasons,
  pauserOf,
  pauseUntil,
} from './pause.rules.js';

const monday = day('2026-11-23');

describe('a deadline with pauses', () => {
  it('moves by the working days on which the clock stood still, over a weekend', () => {
    // Ten working days from Monday 23 November: 7 December. Paused on Wednesday, resumed on Monday: three of them.
    const pause = { from: day('2026-11-25'), to: day('2026-11-30') };
    expect(pausedDeadline(monday, day('2026-12-07'), [pause])).toBe('2026-12-10');
  });

  it('stays when it is paused and resumed on the same day, or over days off alone', () => {
    const base = day('2026-12-07');
    expect(pausedDeadline(monday, base, [{ from: monday, to: monday }])).toBe(base);
    expect(pausedDeadline(monday, base, [{ from: day('2026-11-27'), to: day('2026-11-29') }])).toBe(base);
  });

  it('counts the made-up Saturday after National Day as a day that was paused', () => {
    const pause = { from: day('2026-10-09'), to: day('2026-10-10') };
    expect(pausedDeadline(day('2026-10-08'), day('2026-10-12'), [pause])).toBe('2026-10-13');
  });
});

const starts = fc.integer({ min: 0, max: 900 }).map((number) => addDays(day('2025-01-02'), number));
/** Pauses one after the other, as a case can have them: gaps and lengths in days. */
const pausesFrom = (start: Day) =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 12 })), { maxLength: 5 }).map((steps) => {
    let at = start;
    return steps.map(([gap, length]): Pause => {
      const from = addDays(at, gap);
      at = addDays(from, length);
      return { from, to: at };
    });
  });
const anyClock = starts.chain((start) =>
  fc.record({ start: fc.constant(start), days: fc.integer({ min: 1, max: 30 }), pauses: pausesFrom(start) }),
);
const stoodStill = (pauses: Pause[], of: Day) => pauses.some(({ from, to }) => of > from && of <= to);

property.prop([anyClock])('leaves exactly as many working days to work as there were', ({ start, days, pauses }) => {
  const last = pausedDeadline(start, addWorkdays(start, days), pauses);
  let worked = 0;
  for (let at = addDays(start, 1); at <= last; at = addDays(at, 1))
    if (isWorkday(at) && !stoodStill(pauses, at)) worked += 1;
  expect(worked).toBe(days);
  expect(isWorkday(last) && !stoodStill(pauses, last)).toBe(true);
});

property.prop([anyClock])(
  'never comes earlier for a pause, and does not mind their order',
  ({ start, days, pauses }) => {
    const base = addWorkdays(start, days);
    const last = pausedDeadline(start, base, pauses);
    expect(last >= base).toBe(true);
    expect(pausedDeadline(start, base, pauses.toReversed())).toBe(last);
    expect(chineseCalendar.workdaysBetween(base, last)).toBeLessThanOrEqual(pausedWorkdays(pauses));
    expect(pausedDeadline(start, base, [...pauses, ...pauses])).toBe(last);
  },
);

property.prop([anyClock, fc.integer({ min: 0, max: 20 })])(
  'comes no later when a running pause is ended before its last day',
  ({ start, days, pauses }, early) => {
    const base = addWorkdays(start, days);
    const [last] = pauses.slice(-1);
    if (!last) return;
    const ended = endedOn(last, new Date(`${addDays(last.from, early)}T02:00:00Z`));
    const shorter = [...pauses.slice(0, -1), { from: last.from, to: ended }];
    expect(pausedDeadline(start, base, shorter) <= pausedDeadline(start, base, pauses)).toBe(true);
  },
);

describe('who may pause, and for how long', () => {
  const ask = (wish: Partial<PauseAsk> = {}): PauseAsk => ({
    status: 'CONTACTED',
    reason: 'WAITING_DOCUMENTS',
    today: monday,
    workdays: 3,
    earlier: [],
    workdaysMax: 10,
    ...wish,
  });

  it('each reason is one side’s', () => {
    expect(pauseReasons.map((reason) => pauserOf[reason])).toEqual([
      'INSTITUTION',
      'INSTITUTION',
      'ENTERPRISE',
      'OPERATOR',
      'OPERATOR',
    ]);
  });

  it('lasts as long as is asked, or as is left', () => {
    expect(pauseUntil(ask())).toEqual({ to: '2026-11-26' });
    expect(pauseUntil(ask({ workdays: null }))).toEqual({ to: '2026-12-07' });
    const earlier = [{ from: day('2026-11-02'), to: day('2026-11-10'), open: false }];
    expect(pauseUntil(ask({ workdays: null, earlier }))).toEqual({ to: '2026-11-27' });
    expect(pauseUntil(ask({ workdays: 5, earlier }))).toEqual({ fault: 'NOTHING_LEFT' });
  });

  const refused: [string, Partial<PauseAsk>, string][] = [
    ['a first contact that nobody made yet', { status: 'ACTIVE' }, 'CONTACT_FIRST'],
    ['a case that waits for the enterprise', { status: 'OFFERED' }, 'NOT_RUNNING'],
    ['a case that has ended', { status: 'DECLINED' }, 'NOT_RUNNING'],
    ['a clock that stands', { earlier: [{ from: monday, to: monday, open: true }] }, 'ALREADY_PAUSED'],
    ['more than is allowed in all', { workdays: 11 }, 'NOTHING_LEFT'],
  ];
  it.each(refused)('not %s', (_, wish, fault) => {
    expect(pauseUntil(ask(wish))).toEqual({ fault });
  });

  it('the operator also before the first contact', () => {
    expect(pauseUntil(ask({ status: 'ACTIVE', reason: 'FORCE_MAJEURE' }))).toEqual({ to: '2026-11-26' });
  });
});
