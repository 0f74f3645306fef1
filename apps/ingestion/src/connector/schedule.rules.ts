import type { Schedule } from './connector.rules.js';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
/** Suzhou keeps one time all year: UTC+8. */
const zoneMs = 480 * minuteMs;

/**
 * The instant from which a source is due again after `last` (when its last turn came, or when we first knew of it).
 * A turn that was missed, as by a stop, is made up once and not as often as it was missed.
 */
export function nextTurn(schedule: Schedule, last: Date): Date {
  if ('everyMinutes' in schedule) return new Date(last.getTime() + schedule.everyMinutes * minuteMs);
  const local = last.getTime() + zoneMs;
  const midnight = Math.floor(local / dayMs) * dayMs;
  const turns = schedule.at.map((at) => midnight + minutesOf(at) * minuteMs);
  const later = [...turns, ...turns.map((turn) => turn + dayMs)].filter((turn) => turn > local);
  return new Date(Math.min(...later) - zoneMs);
}

const minutesOf = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));

const waitMinutesMax = 240;

/** A visit that failed is made again sooner than planned: after 1, 2, 4 … minutes, never later than the next turn. */
export function turnAfterFailure(schedule: Schedule, now: Date, failures: number): Date {
  const wait = Math.min(2 ** Math.min(failures - 1, 8), waitMinutesMax) * minuteMs;
  return new Date(Math.min(now.getTime() + wait, nextTurn(schedule, now).getTime()));
}
