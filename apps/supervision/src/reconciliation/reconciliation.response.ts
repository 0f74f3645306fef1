import { ApiProperty } from '@nestjs/swagger';

const checks = ['TABLES', 'ROLLUP', 'MARGIN', 'REACH'] as const;
type Check = (typeof checks)[number];

/** A cell that does not add up, as PostgreSQL hands it over in JSON: sums may be larger than a double holds exactly. */
export interface Difference {
  check: Check;
  cut: string | null;
  kind: string;
  month: string;
  district: string;
  industry2: string;
  tier: string;
  institution: string;
  detail: string;
  expectedCount: number;
  countedCount: number;
  expectedAmount: string;
  countedAmount: string;
}

export interface ReconciliationRow {
  id: string;
  at: Date;
  upTo: Date;
  status: 'EQUAL' | 'DIFFERENT';
  cells: number;
  differenceCount: number;
  differences: Difference[];
}

export class DifferenceResponse {
  /**
   * TABLES: facts against the services' tables; ROLLUP: sums by day against the facts; MARGIN: sums by month and cut;
   * REACH: enterprises by month and cut.
   */
  @ApiProperty({ enum: checks })
  check: Check;
  /** Of MARGIN and REACH: what is told apart; what it leaves out is null. */
  cut: string | null;
  kind: string;
  month: string;
  district: string | null;
  industry: string | null;
  tier: string | null;
  institution: string | null;
  detail: string | null;
  expectedCount: number;
  countedCount: number;
  /** Fen; seconds where contacts are counted. */
  expectedAmount: string;
  countedAmount: string;
}

export class ReconciliationResponse {
  id: string;
  at: Date;
  /** What happened up to here was compared. */
  upTo: Date;
  status: 'EQUAL' | 'DIFFERENT';
  cells: number;
  differenceCount: number;
  /** The first fifty. */
  differences: DifferenceResponse[];
}

export class ReconciliationPage {
  items: ReconciliationResponse[];
  nextCursor: string | null;
}

const toDifferenceResponse = (difference: Difference): DifferenceResponse => ({
  check: difference.check,
  cut: difference.cut,
  kind: difference.kind,
  month: difference.month,
  district: difference.district || null,
  industry: difference.industry2 || null,
  tier: difference.tier || null,
  institution: difference.institution || null,
  detail: difference.detail || null,
  expectedCount: difference.expectedCount,
  countedCount: difference.countedCount,
  expectedAmount: difference.expectedAmount,
  countedAmount: difference.countedAmount,
});

export const toReconciliationResponse = (row: ReconciliationRow): ReconciliationResponse => ({
  id: row.id,
  at: row.at,
  upTo: row.upTo,
  status: row.status,
  cells: row.cells,
  differenceCount: row.differenceCount,
  differences: row.differences.map(toDifferenceResponse),
});
