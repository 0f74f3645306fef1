import { colour } from '../frame/theme.option.js';
import type { ChartOption } from '../parts/canvas.part.js';

export interface MonthTotal {
  readonly month: string;
  /** null for a month without a score. */
  readonly total: number | null;
}

const target = { right: 24, left: 8, bottom: 4, containLabel: true } as const;

/** Of a hundred, month by month; a month without a score is a gap. */
export function trendOption(totals: readonly MonthTotal[]): ChartOption {
  return {
    grid: { ...target, top: 20 },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', boundaryGap: totals.length < 2, data: totals.map(({ month }) => month) },
    yAxis: { type: 'value', min: 0, max: 100 },
    series: [
      {
        type: 'line',
        symbolSize: 8,
        areaStyle: { opacity: 0.08 },
        label: { show: true, color: colour.text },
        data: totals.map(({ total }) => total ?? '-'),
      },
    ],
  };
}

export interface BankTotal {
  readonly name: string;
  readonly total: number | null;
}

/** Lying bars in the order of the ranking; whoever is not ranked stays in the table. */
export function rankingOption(banks: readonly BankTotal[]): ChartOption {
  return {
    grid: { ...target, top: 4, right: 60 },
    tooltip: { trigger: 'item', formatter: '{b}' },
    xAxis: { type: 'value', min: 0, max: 100, axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { type: 'category', inverse: true, axisTick: { show: false }, data: banks.map(({ name }) => name) },
    series: [
      {
        type: 'bar',
        barMaxWidth: 16,
        color: colour.water,
        label: { show: true, position: 'right', color: colour.text },
        data: banks.map(({ total }) => total ?? 0),
      },
    ],
  };
}
