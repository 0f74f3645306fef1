import type { Day } from '@app/kernel';

import { type Evaluation, type EvaluationVerdict, type Known, type RuleSet, termsFor } from '../rule-set.js';
import { parseTechnologySmeFigures, type TechnologySmeFigures } from './technology-sme-figures.js';
import { allOf, anyOf, technologySmeGates } from './technology-sme-gates.js';
import { technologySmeScore } from './technology-sme-points.js';
import { technologySmeReasons } from './technology-sme-reasons.js';
import { type TechnologySmeTerms, technologySmeTerms } from './technology-sme-terms.js';

export const technologySmeCode = 'technology-sme';

/**
 * 科技型中小企业评价办法: a technology SME meets the four gates and either has the points with a staff indicator above 0, or
 * holds one of the titles that pass directly. What is not known makes the verdict open only where it could turn it,
 * and never makes it a pass.
 */
export function evaluateTechnologySme(terms: TechnologySmeTerms, figures: TechnologySmeFigures, asOf: Day): Evaluation {
  const gates = technologySmeGates(terms, figures);
  const score = technologySmeScore(terms, figures);
  const directPass = anyOf(Object.values(figures.direct));
  const verdict = verdictOf(allOf([...Object.values(gates), anyOf([score.scoreGate, directPass])]));
  const route = verdict !== 'PASS' ? null : score.scoreGate === true ? 'SCORE' : 'DIRECT';
  const outcome = { gates, ...score, directPass, verdict, route } as const;
  return {
    ruleSet: technologySmeCode,
    ruleSetVersion: terms.version,
    asOf,
    ...outcome,
    reasons: technologySmeReasons(terms, figures, outcome),
  };
}

/** The version in force on `asOf`, ready to judge supplied figures; undefined before the first. */
export function technologySmeRuleSet(asOf: Day): RuleSet | undefined {
  const terms = termsFor(technologySmeTerms, asOf);
  if (terms === undefined) return undefined;
  const { version, effectiveFrom, effectiveTo, source } = terms;
  return {
    code: technologySmeCode,
    nameZh: '科技型中小企业',
    nameEn: 'technology SME',
    version,
    effectiveFrom,
    effectiveTo,
    source,
    judge(supplied) {
      const read = parseTechnologySmeFigures(supplied);
      return 'errors' in read ? read : { evaluation: evaluateTechnologySme(terms, read.figures, asOf) };
    },
  };
}

function verdictOf(met: Known): EvaluationVerdict {
  if (met === null) return 'NEEDS_EXPERT';
  return met ? 'PASS' : 'FAIL';
}
