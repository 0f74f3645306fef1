import { settle } from './board.rules.js';

const lead = (needId: string, placesLeft = 5) => ({ needId, placesLeft });

describe('a board that somebody is reading', () => {
  it('renews what it shows, in the order in which it was shown', () => {
    const settled = settle([lead('a'), lead('b')], [lead('b', 2), lead('a', 4)]);
    expect(settled).toEqual({
      rows: [
        { lead: lead('a', 4), gone: false },
        { lead: lead('b', 2), gone: false },
      ],
      fresh: 0,
    });
  });

  it('counts what has come and keeps what has gone, marked', () => {
    const { rows, fresh } = settle([lead('a'), lead('b')], [lead('c'), lead('d'), lead('b')]);
    expect(rows).toEqual([
      { lead: lead('a'), gone: true },
      { lead: lead('b'), gone: false },
    ]);
    expect(fresh).toBe(2);
  });
});
