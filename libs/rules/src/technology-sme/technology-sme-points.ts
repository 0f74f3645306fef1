import { pointsForCount, pointsForShare, pointsMax } from '../band.js';
import type { Known } from '../rule-set.js';
import type { TechnologySmeFigures } from './technology-sme-figures.js';
import type { TechnologySmeTerms } from './technology-sme-terms.js';

interface TechnologySmePoints extends Readonly<Record<string, number | null>> {
  readonly staff: number | null;
  readonly rdToSales: number | null;
  readonly rdToCost: number | null;
  readonly rd: number | null;
  readonly ip: number | null;
}

export interface TechnologySmeScore {
  readonly points: TechnologySmePoints;
  readonly total: number | null;
  /** Condition five: enough points and a staff indicator above 0. */
  readonly scoreGate: Known;
}

export function technologySmeScore(terms: TechnologySmeTerms, figures: TechnologySmeFigures): TechnologySmeScore {
  const rdToSales = shareOfRd(figures.rdFen, figures.salesFen, terms.rdToSalesBands);
  const rdToCost = shareOfRd(figures.rdFen, figures.costFen, terms.rdToCostBands);
  const points = {
    staff: staffPoints(terms, figures),
    rdToSales,
    rdToCost,
    // The enterprise chooses one of the two, so the better one stands even when the other cannot be computed.
    rd: rdToSales === null || rdToCost === null ? (rdToSales ?? rdToCost) : Math.max(rdToSales, rdToCost),
    ip: ipPoints(terms, figures),
  };
  const { staff, rd, ip } = points;
  const total = staff === null || rd === null || ip === null ? null : staff + rd + ip;
  return { points, total, scoreGate: scoreGate(terms, points, total, atMost(terms, figures, points)) };
}

/**
 * Figures that deny each other are no figures: more scientists than staff is an error somewhere, and not a share of
 * 120%.
 */
export function staffFiguresClash({ employees, rdStaff }: TechnologySmeFigures): boolean {
  return employees !== null && rdStaff !== null && rdStaff > employees;
}

function staffPoints(terms: TechnologySmeTerms, figures: TechnologySmeFigures): number | null {
  const { employees, rdStaff } = figures;
  if (employees === null || rdStaff === null || staffFiguresClash(figures)) return null;
  return pointsForShare(BigInt(rdStaff), BigInt(employees), terms.staffBands);
}

function shareOfRd(
  rdFen: bigint | null,
  wholeFen: bigint | null,
  bands: TechnologySmeTerms['rdToSalesBands'],
): number | null {
  return rdFen === null || wholeFen === null ? null : pointsForShare(rdFen, wholeFen, bands);
}

function ipPoints(terms: TechnologySmeTerms, { class1Ip, class2Ip }: TechnologySmeFigures): number | null {
  const class1 = pointsForCount(class1Ip ?? 0, terms.class1Bands);
  // One right of class one gives the maximum: what is not known of class two cannot matter.
  if (class1 === pointsMax(terms.class1Bands)) return class1;
  if (class1Ip === null || class2Ip === null) return null;
  return Math.max(class1, pointsForCount(class2Ip, terms.class2Bands));
}

/** The most that the total can come to once everything is known; tells a sure fail from an open case. */
function atMost(terms: TechnologySmeTerms, figures: TechnologySmeFigures, points: TechnologySmePoints): number {
  const rdOpen = figures.rdFen === null || figures.salesFen === null || figures.costFen === null;
  const rdMax = Math.max(pointsMax(terms.rdToSalesBands), pointsMax(terms.rdToCostBands));
  const ipMax = figures.class1Ip === null ? pointsMax(terms.class1Bands) : pointsMax(terms.class2Bands);
  return (points.staff ?? pointsMax(terms.staffBands)) + (rdOpen ? rdMax : (points.rd ?? rdMax)) + (points.ip ?? ipMax);
}

function scoreGate(terms: TechnologySmeTerms, points: TechnologySmePoints, total: number | null, most: number): Known {
  if (points.staff === 0 || most < terms.totalMin) return false;
  // A pass needs the whole sum on the table, even where the known part would do.
  return total !== null && total >= terms.totalMin ? true : null;
}
