import { type Day, dayOf } from './day.js';

/**
 * The one source of "now". A class and not an interface, so that it can be the token under which it is injected.
 */
export abstract class Clock {
  abstract now(): Date;

  /** The calendar day in Asia/Shanghai, which is the day that laws, feeds and users speak of. */
  today(): Day {
    return dayOf(this.now());
  }
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** Stands still until told otherwise: for tests, and for replaying a past year of the demo city. */
export class FixedClock extends Clock {
  private millis: number;

  constructor(at: Date | string) {
    super();
    this.millis = millisOf(at);
  }

  /** A new Date each time, so that nobody can move the clock by changing what it gave out. */
  now(): Date {
    return new Date(this.millis);
  }

  set(at: Date | string): void {
    this.millis = millisOf(at);
  }

  /** Moves by `millis`, which may be negative. */
  advance(millis: number): void {
    this.millis = millisOf(new Date(this.millis + millis));
  }
}

function millisOf(at: Date | string): number {
  const millis = new Date(at).getTime();
  if (Number.isNaN(millis)) throw new RangeError(`not an instant: ${String(at)}`);
  return millis;
}
