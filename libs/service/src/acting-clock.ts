import { AsyncLocalStorage } from 'node:async_hooks';

import { Clock } from '@app/kernel';

const acted = new AsyncLocalStorage<Date>();

/** The clock of a running service: the machine's time, unless the work was started with `actAt`. */
export class ActingClock extends Clock {
  now(): Date {
    return acted.getStore() ?? new Date();
  }
}

/**
 * Runs work, and whatever it awaits in this process, as if it were that instant. Only the demo city uses it, to make a
 * past year by the same services; no request from outside can reach it.
 */
export const actAt = <T>(instant: Date, work: () => T): T => acted.run(instant, work);
