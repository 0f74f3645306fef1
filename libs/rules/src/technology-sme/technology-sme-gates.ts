import type { Known } from '../rule-set.js';
import type { TechnologySmeFigures } from './technology-sme-figures.js';
import type { TechnologySmeTerms } from './technology-sme-terms.js';

export interface TechnologySmeGates extends Readonly<Record<string, Known>> {
  readonly resident: Known;
  readonly size: Known;
  readonly products: Known;
  readonly conduct: Known;
}

/** Conditions one to four, which no number of points makes up for. */
export function technologySmeGates(terms: TechnologySmeTerms, figures: TechnologySmeFigures): TechnologySmeGates {
  const { employees, salesFen, assetsFen } = figures;
  return {
    resident: figures.residentInChina,
    size: allOf([
      employees === null ? null : employees <= terms.employeesMax,
      salesFen === null ? null : salesFen <= terms.salesFenMax,
      assetsFen === null ? null : assetsFen <= terms.assetsFenMax,
    ]),
    products: not(figures.prohibitedProducts),
    conduct: allOf([not(figures.majorAccidentOrOffence), not(figures.abnormalList), not(figures.seriousBreachList)]),
  };
}

/** One no is a no, whatever else is not known; a yes needs all. */
export function allOf(values: readonly Known[]): Known {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

/** One yes is a yes, whatever else is not known; a no needs all. */
export function anyOf(values: readonly Known[]): Known {
  return not(allOf(values.map(not)));
}

function not(value: Known): Known {
  return value === null ? null : !value;
}
