import { volumeOf } from './delivery.rules.js';

const came = (feed: string, receivedAt: string, read: number) => ({ feed, receivedAt, read });

describe('how much came', () => {
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
