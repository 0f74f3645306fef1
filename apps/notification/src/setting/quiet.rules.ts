/** China has one time zone and no summer time. */
const shanghaiOffsetMinutes = 8 * 60;
const dayMinutes = 24 * 60;
const minuteMs = 60_000;

/** Minutes since midnight in Asia/Shanghai; from 22:00 to 07:30 is 1320 to 450. Equal ends are no quiet at all. */
export interface QuietHours {
  from: number;
  to: number;
}

const minuteOf = (at: Date): number =>
  (((Math.floor(at.getTime() / minuteMs) + shanghaiOffsetMinutes) % dayMinutes) + dayMinutes) % dayMinutes;

/** The first instant at or after `at` that is not quiet. */
export function afterQuiet(at: Date, quiet: QuietHours | null): Date {
  if (!quiet || quiet.from === quiet.to) return at;
  const length = (quiet.to - quiet.from + dayMinutes) % dayMinutes;
  const since = (minuteOf(at) - quiet.from + dayMinutes) % dayMinutes;
  if (since >= length) return at;
  return new Date((Math.floor(at.getTime() / minuteMs) + length - since) * minuteMs);
}

/** The next time after `at` that a clock in Suzhou shows that minute of the day. */
export function nextAt(at: Date, minuteOfDay: number): Date {
  const wait = (minuteOfDay - minuteOf(at) + dayMinutes) % dayMinutes || dayMinutes;
  return new Date((Math.floor(at.getTime() / minuteMs) + wait) * minuteMs);
}

/** `HH:MM` as minutes since midnight; undefined for anything else. */
export function minuteOfText(text: string): number | undefined {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : undefined;
}

export const textOfMinute = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
