// Lets a process live at another time, at the pace of the real one: `CLOCK_STARTS_AT` is the instant at which it starts.
// Timers of a minute or more come sixty times sooner, so that periodic work is seen within seconds.
// Usage: node --import <this file> …
const shiftMs = new Date(process.env.CLOCK_STARTS_AT).getTime() - Date.now();
const RealDate = Date;

class ShiftedDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + shiftMs);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + shiftMs;
  }
}
globalThis.Date = ShiftedDate;

const minuteMs = 60_000;
const plan = globalThis.setTimeout;
globalThis.setTimeout = Object.assign(
  (callback, delay, ...parts) => plan(callback, delay >= minuteMs ? delay / 60 : delay, ...parts),
  plan,
);
