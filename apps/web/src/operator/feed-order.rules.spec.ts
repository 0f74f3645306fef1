import { stateOf, worstFirst } from './feed-order.rules.js';

const feed = (name: string, changes = {}) => ({
  name,
  fresh: true,
  newestReportDate: '2026-11-20',
  ageDays: 3,
  freshnessDays: 7,
  qualityBp: 10_000,
  ...changes,
});

describe('the board of feeds', () => {
  it('puts the latest one first, then the one that never came, then the worst quality', () => {
    const board = worstFirst([
      feed('good'),
      feed('dirty', { qualityBp: 9_000 }),
      feed('never', { fresh: false, newestReportDate: null, ageDays: null, qualityBp: null }),
      feed('late', { fresh: false, ageDays: 9 }),
      feed('very late', { fresh: false, ageDays: 40 }),
    ]);
    expect(board.map(({ name }) => name)).toEqual(['very late', 'late', 'never', 'dirty', 'good']);
  });

  it('puts what is only promised behind what came', () => {
    const promised = feed('promised', { fresh: false, newestReportDate: null, qualityBp: null, batches: 0 });
    expect(worstFirst([promised, feed('good')]).map(({ name }) => name)).toEqual(['good', 'promised']);
    expect(stateOf(promised)).toBe('PROMISED');
  });

  it('tells late from never', () => {
    expect(stateOf(feed('a', { fresh: false }))).toBe('LATE');
    expect(stateOf(feed('a', { fresh: false, newestReportDate: null }))).toBe('NEVER');
  });
});
