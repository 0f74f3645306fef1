const minuteMs = 60_000;

/** Waits between tries, in minutes; when they are used up the message is parked for a person to look at. */
export type RetryPlan = readonly number[];

/** A mail server that is away comes back within hours; a day later nobody needs the mail. */
export const mailRetries: RetryPlan = [1, 5, 15, 60, 240, 720];

/** As Standard Webhooks advises: soon at first, then long enough for somebody to notice and mend it. */
export const webhookRetries: RetryPlan = [0.1, 0.5, 2, 10, 60, 240, 720];

/**
 * When to try again after so many tries; null when that is enough. `spread` (0 to 1) stretches the wait by up to a
 * quarter, so that what failed together does not come back together.
 */
export function nextTry(plan: RetryPlan, tries: number, now: Date, spread: number): Date | null {
  const wait = plan[tries - 1];
  if (wait === undefined) return null;
  return new Date(now.getTime() + Math.round(wait * minuteMs * (1 + spread / 4)));
}
