import { rowsByDay, volumeOf } from './delivery.rules.js';

const came = (feed: string, receivedAt: string, read: number) => ({ feed, receivedAt, read });
const dayOf = (instant: string) => instant.slice(0, 10);

describe('how much came', () => {
  it('adds up the deliveries of a day and leaves out other days', () => {
    const rows = rowsByDay(
      [came('tax', '2026-11-22T01:00', 10), came('tax', '2026-11-22T09:00', 5), came('tax', '2026-10-01T09:00', 99)],
      ['2026-11-21', '2026-11-22'],
      dayOf,
    );
    expect(rows.get('tax')?.get('2026-11-22')).toBe(15);
    expect(rows.get('tax')?.size).toBe(1);
  });

  it('holds the last delivery against the median of those before', () => {
    const tax = [400, 100, 300, 200, 1_000].map((read, age) => came('tax', `2026-11-${22 - age}T01:00`, read));
    expect(volumeOf(tax, 'tax')).toEqual({ last: 400, usual: 250 });
  });

  it('knows no usual from fewer than three earlier ones, and nothing of a feed that never came', () => {
    const tax = [400, 100, 300].map((read, age) => came('tax', `2026-11-${22 - age}T01:00`, read));
    expect(volumeOf(tax, 'tax')).toEqual({ last: 400, usual: null });
    expect(volumeOf(tax, 'customs')).toBeNull();
  });
});
