import { fc, test } from '@fast-check/jest';

import { afterQuiet, minuteOfText, nextAt, textOfMinute } from './quiet.rules.js';

/** 10:00 in Suzhou. */
const morning = new Date('2026-11-23T02:00:00Z');
const night = { from: 22 * 60, to: 7 * 60 + 30 };
const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
const minutes = fc.integer({ min: 0, max: 1439 });

describe('quiet hours', () => {
  it('let the day pass and hold the night back until its end, over midnight', () => {
    expect(afterQuiet(morning, night)).toEqual(morning);
    expect(afterQuiet(new Date('2026-11-23T14:00:00Z'), night)).toEqual(new Date('2026-11-23T23:30:00Z'));
    expect(afterQuiet(new Date('2026-11-23T16:10:30Z'), night)).toEqual(new Date('2026-11-23T23:30:00Z'));
    expect(afterQuiet(new Date('2026-11-23T23:29:59Z'), night)).toEqual(new Date('2026-11-23T23:30:00Z'));
    expect(afterQuiet(new Date('2026-11-23T23:30:00Z'), night)).toEqual(new Date('2026-11-23T23:30:00Z'));
  });

  it('are nothing when nobody set them or both ends are one', () => {
    expect(afterQuiet(morning, null)).toEqual(morning);
    expect(afterQuiet(morning, { from: 600, to: 600 })).toEqual(morning);
  });

  test.prop([instants, minutes, minutes])('end within a day, at a moment that is not quiet', (at, from, to) => {
    const free = afterQuiet(at, { from, to });
    expect(free.getTime() - at.getTime()).toBeGreaterThanOrEqual(0);
    expect(free.getTime() - at.getTime()).toBeLessThan(86_400_000);
    expect(afterQuiet(free, { from, to })).toEqual(free);
  });
});

describe('the hour of the digest', () => {
  test.prop([instants, minutes])('is always ahead, by a day at most, and shows that minute', (at, minute) => {
    const next = nextAt(at, minute);
    expect(next.getTime()).toBeGreaterThan(at.getTime());
    expect(next.getTime() - at.getTime()).toBeLessThanOrEqual(86_400_000);
    expect(new Date(next.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)).toBe(textOfMinute(minute));
  });

  it('is written as a clock shows it', () => {
    expect(['08:30', '00:00', '23:59', '24:00', '8:30', '08:60', ''].map(minuteOfText)).toEqual([
      510,
      0,
      1439,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.prop([minutes])('reads back what it wrote', (minute) => {
    expect(minuteOfText(textOfMinute(minute))).toBe(minute);
  });
});
