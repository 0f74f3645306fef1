import type { Month } from '@app/kernel';

import type { Industry } from './industries.js';
import type { Random } from './random.js';
import type { TierProfile } from './tier.js';

/** One whole year of a firm. Amounts are yuan with at most two decimals: files carry them as text, not as fen. */
export interface YearFigures {
  readonly year: number;
  readonly employees: number;
  readonly rdStaff: number;
  readonly revenueYuan: number;
  readonly totalCostYuan: number;
  readonly profitYuan: number;
  readonly netProfitYuan: number;
  readonly rdExpenseYuan: number;
  readonly taxPaidYuan: number;
  readonly totalAssetsYuan: number;
  readonly totalLiabilitiesYuan: number;
}

/** Sales and heads month by month, and what follows from them year by year. Zero before founding and after closing. */
export interface Books {
  readonly salesYuan: readonly number[];
  readonly staff: readonly number[];
  readonly years: readonly YearFigures[];
}

export interface BookInputs {
  readonly industry: Industry;
  readonly profile: TierProfile;
  readonly distressed: boolean;
  readonly firstMonth: Month;
  /** The last month of business; none while the firm lives. */
  readonly lastMonth: Month | undefined;
  readonly bookMonths: readonly Month[];
  readonly years: readonly number[];
}

/** Sales dip around the new year and rise towards the end of the year. */
const season = [0.86, 0.7, 1.02, 1.0, 1.0, 1.04, 0.98, 0.98, 1.06, 1.0, 1.1, 1.26];

/** Everything is drawn once per firm and follows from there, so that the departments' figures agree. */
export function keepBooks(random: Random, inputs: BookInputs): Books {
  const { profile, distressed, bookMonths } = inputs;
  const heads = skewed(random, profile.staff);
  const growth = distressed ? random.between(-0.35, -0.08) : random.around(profile.growth, 0.12);
  const perHeadYuan = inputs.industry.salesPerHeadWan * 10_000 * random.between(0.7, 1.35);
  const open = (month: Month) =>
    month >= inputs.firstMonth && (inputs.lastMonth === undefined || month <= inputs.lastMonth);
  const level = (index: number, rate: number) => (1 + rate) ** ((index - bookMonths.length + 1) / 12);
  const staff = bookMonths.map((month, index) =>
    open(month) ? Math.max(1, Math.round(heads * level(index, growth * 0.6))) : 0,
  );
  const salesYuan = bookMonths.map((month, index) => {
    if (!open(month)) return 0;
    const noise = random.between(0.86, 1.14) * (season[Number(month.slice(5)) - 1] ?? 1);
    return cents((heads * perHeadYuan * level(index, growth) * noise) / 12);
  });
  return { salesYuan, staff, years: closeYears(random, inputs, salesYuan, staff) };
}

function closeYears(
  random: Random,
  inputs: BookInputs,
  sales: readonly number[],
  staff: readonly number[],
): YearFigures[] {
  const { profile, distressed } = inputs;
  const ratios = {
    margin: distressed ? random.between(-0.2, 0.01) : random.between(0.03, 0.16),
    rdShare: random.between(...profile.rdStaffShare),
    intensity: random.between(...profile.rdIntensity),
    assets: random.between(0.6, 1.7),
    debt: distressed ? random.between(0.7, 1.15) : random.between(0.2, 0.65),
  };
  return inputs.years.flatMap((year) => {
    const places = inputs.bookMonths.flatMap((month, index) => (month.startsWith(`${year}-`) ? [index] : []));
    const revenueYuan = cents(places.reduce((sum, index) => sum + (sales[index] ?? 0), 0));
    const employees = staff[places.at(-1) ?? 0] ?? 0;
    return employees === 0 ? [] : [closeYear(random, year, { revenueYuan, employees, ratios })];
  });
}

interface YearInputs {
  readonly revenueYuan: number;
  readonly employees: number;
  readonly ratios: { margin: number; rdShare: number; intensity: number; assets: number; debt: number };
}

function closeYear(random: Random, year: number, { revenueYuan, employees, ratios }: YearInputs): YearFigures {
  const totalCostYuan = cents(revenueYuan * (1 - ratios.margin * random.between(0.8, 1.2)));
  const profitYuan = cents(revenueYuan - totalCostYuan);
  const incomeTaxYuan = Math.max(0, profitYuan * 0.15);
  const totalAssetsYuan = cents(revenueYuan * ratios.assets * random.between(0.95, 1.05));
  return {
    year,
    employees,
    rdStaff: Math.round(employees * ratios.rdShare * random.between(0.94, 1.06)),
    revenueYuan,
    totalCostYuan,
    profitYuan,
    netProfitYuan: cents(profitYuan - incomeTaxYuan),
    rdExpenseYuan: cents(revenueYuan * ratios.intensity * random.between(0.92, 1.08)),
    taxPaidYuan: cents(revenueYuan * 0.031 + incomeTaxYuan),
    totalAssetsYuan,
    totalLiabilitiesYuan: cents(totalAssetsYuan * ratios.debt),
  };
}

export function cents(yuan: number): number {
  return Math.round(yuan * 100) / 100;
}

/** Small firms are many and large ones few. */
function skewed(random: Random, [min, max]: readonly [number, number]): number {
  return Math.round(min + (max - min) * random.next() ** 2.2);
}
