import type { ItemScore, QualityItem, ServiceGrade } from './quality.rules.js';

export class ScoreItemResponse {
  item: QualityItem;
  /** What it counts at most. */
  points: number;
  /** Share in basis points; of stars the average of five, of complaints those upheld by cases. */
  rateBp: number | null;
  /** Of how many cases, payouts or ratings. */
  base: number;
  /** With two decimals; null when it was not scored. */
  earned: string | null;
  unscored: 'UNKNOWN' | 'TOO_FEW' | null;
  reason: { zh: string; en: string };
}

export class InstitutionScoreResponse {
  /** Null when too little is known to rank it. */
  rank: number | null;
  institution: string;
  institutionCode: string;
  grade: ServiceGrade | null;
  /** Of 100, with two decimals; for the bank itself, regulators and operators, as are the items. */
  total: string | null;
  /** Points that could be scored; the weight of the others was spread over them. */
  scoredPoints: number | null;
  items: ScoreItemResponse[] | null;
}

export class ScoresResponse {
  month: string;
  schemeVersion: number;
  source: string;
  computedAt: Date;
  /** Null while only operators see it. */
  publishedAt: Date | null;
  items: InstitutionScoreResponse[];
}

export class ScoreMonthResponse {
  month: string;
  computedAt: Date;
  publishedAt: Date | null;
}

export class ScoreMonthList {
  items: ScoreMonthResponse[];
}

export interface ScoreRow {
  institution_id: string;
  institution_code: string;
  institution_name: string;
  items: ItemScore[];
  scored_points: number;
  total_centi: number | null;
  grade: ServiceGrade | null;
  rank: number | null;
}

/** Everybody sees rank and grade; how they came about is for the bank itself and for who oversees it. */
export function toScoreResponse(row: ScoreRow, inFull: boolean): InstitutionScoreResponse {
  const open = { rank: row.rank, institution: row.institution_name, institutionCode: row.institution_code };
  if (!inFull) return { ...open, grade: row.grade, total: null, scoredPoints: null, items: null };
  return {
    ...open,
    grade: row.grade,
    total: row.total_centi === null ? null : decimals(row.total_centi),
    scoredPoints: row.scored_points,
    items: row.items.map(toItemResponse),
  };
}

const decimals = (hundredths: number): string => (hundredths / 100).toFixed(2);

const toItemResponse = (score: ItemScore): ScoreItemResponse => ({
  item: score.item,
  points: score.points,
  rateBp: score.rateBp,
  base: score.base,
  earned: score.earnedCenti === null ? null : decimals(score.earnedCenti),
  unscored: score.unscored,
  reason: reasonOf(score),
});

function reasonOf({ rateBp, zeroBp, fullBp, base, unscored }: ItemScore): ScoreItemResponse['reason'] {
  if (unscored === 'UNKNOWN') return { zh: '本月没有数据，不计分，权重分摊到其他项', en: 'nothing known: not scored' };
  if (unscored === 'TOO_FEW') return { zh: `样本仅 ${base}，不计分，权重分摊到其他项`, en: `only ${base}: not scored` };
  const [rate, zero, full] = [rateBp ?? 0, zeroBp, fullBp].map((bp) => `${decimals(bp)}%`);
  return {
    zh: `${rate}（样本 ${base}）；${zero} 得零分，${full} 得满分`,
    en: `${rate} of ${base}; none at ${zero}, all at ${full}`,
  };
}
