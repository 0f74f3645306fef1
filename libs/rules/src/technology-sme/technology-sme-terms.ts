import { day, type Fen, yuan } from '@app/kernel';

import type { CountBand, ShareBand } from '../band.js';
import type { TermsInForce } from '../rule-set.js';

/** Everything in the rule that is a number. A new version of the rule is a new entry below. */
export interface TechnologySmeTerms extends TermsInForce {
  /** Upper bounds, all inclusive (“不超过”). */
  readonly employeesMax: number;
  readonly salesFenMax: Fen;
  readonly assetsFenMax: Fen;
  readonly staffBands: readonly ShareBand[];
  readonly rdToSalesBands: readonly ShareBand[];
  readonly rdToCostBands: readonly ShareBand[];
  readonly class1Bands: readonly CountBand[];
  readonly class2Bands: readonly CountBand[];
  /** Reached, not exceeded (“不低于”), and the staff indicator must not be 0. */
  readonly totalMin: number;
}

export const technologySmeTerms: readonly TechnologySmeTerms[] = [
  {
    version: '2017-115',
    effectiveFrom: day('2017-05-03'),
    effectiveTo: null,
    source: '国科发政〔2017〕115号《科技型中小企业评价办法》',
    employeesMax: 500,
    salesFenMax: yuan(200_000_000),
    assetsFenMax: yuan(200_000_000),
    staffBands: [
      { atLeastBp: 3_000, points: 20 },
      { atLeastBp: 2_500, points: 16 },
      { atLeastBp: 2_000, points: 12 },
      { atLeastBp: 1_500, points: 8 },
      { atLeastBp: 1_000, points: 4 },
    ],
    rdToSalesBands: [
      { atLeastBp: 600, points: 50 },
      { atLeastBp: 500, points: 40 },
      { atLeastBp: 400, points: 30 },
      { atLeastBp: 300, points: 20 },
      { atLeastBp: 200, points: 10 },
    ],
    rdToCostBands: [
      { atLeastBp: 3_000, points: 50 },
      { atLeastBp: 2_500, points: 40 },
      { atLeastBp: 2_000, points: 30 },
      { atLeastBp: 1_500, points: 20 },
      { atLeastBp: 1_000, points: 10 },
    ],
    class1Bands: [{ atLeast: 1, points: 30 }],
    class2Bands: [
      { atLeast: 4, points: 24 },
      { atLeast: 3, points: 18 },
      { atLeast: 2, points: 12 },
      { atLeast: 1, points: 6 },
    ],
    totalMin: 60,
  },
];
