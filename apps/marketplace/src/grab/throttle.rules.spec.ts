import { SecondCounter } from './throttle.rules.js';

const at = (millis: number) => new Date(Date.parse('2026-11-23T02:00:00Z') + millis);

it('admits so many a second from each sender, and starts anew with any other second', () => {
  const counter = new SecondCounter();
  const send = (sender: string, millis: number) => counter.admits(sender, 2, at(millis));
  expect([send('a', 0), send('a', 500), send('a', 999), send('b', 999)]).toEqual([true, true, false, true]);
  expect(send('a', 1_000)).toBe(true);
  // A clock that is set back locks nobody out.
  expect([send('a', -60_000), send('a', -60_000), send('a', -59_999)]).toEqual([true, true, false]);
});
