export {
  type DimensionScore,
  evaluateScorecard,
  type IndicatorValues,
  type ScorecardResult,
} from './evaluate-scorecard.js';
export { innovationPortraits, portraitModel } from './innovation-portrait/innovation-portraits.js';
export { floorDivide, type Knot, pointsFull, pointsOn, roundDivide } from './piecewise.js';
export {
  type Dimension,
  faultsOfModel,
  type IndicatorUnit,
  type ScoredIndicator,
  type ScorecardModel,
} from './scorecard-model.js';
