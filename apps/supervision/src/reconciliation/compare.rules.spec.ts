import { cutNames } from '../margin/cut.rules.js';
import { cutsOfRound } from './compare.rules.js';

describe('cuts of a round', () => {
  it('are all of them while acts are few, or not yet counted', () => {
    for (const acts of [-1, 0, 43, 240_000]) expect(cutsOfRound(acts, 3)).toHaveLength(cutNames.length);
  });

  it.each([300_000, 1_000_000, 2_600_000, 90_000_000])(
    'are fewer with %d acts, and come to all within as many rounds as there are cuts',
    (acts) => {
      const rounds = cutNames.map((_, round) => cutsOfRound(acts, round));
      expect(rounds[0]!.length * acts).toBeLessThanOrEqual(Math.max(acts, 3_000_000));
      expect(new Set(rounds.flat())).toEqual(new Set(cutNames));
    },
  );
});
