export { type CountBand, pointsForCount, pointsForShare, type ShareBand } from './band.js';
export { type FigureError, type FiguresOf, type FigureShape, readFigures, type ReadFigures } from './figures.js';
export { ruleSetFor, ruleSets } from './registry.js';
export type {
  Evaluation,
  EvaluationRoute,
  EvaluationVerdict,
  Known,
  RuleSet,
  RuleSetLookup,
  TermsInForce,
} from './rule-set.js';
export { termsFor } from './rule-set.js';
export * from './technology-sme/evaluate-technology-sme.js';
export * from './technology-sme/technology-sme-figures.js';
export * from './technology-sme/technology-sme-terms.js';
