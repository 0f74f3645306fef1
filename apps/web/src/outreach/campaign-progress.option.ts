import { colour, series } from '../frame/theme.option.js';
import type { ChartOption } from '../parts/canvas.part.js';

export interface ProgressBar {
  readonly name: string;
  /** One for each step; null when the count is too small to be shown. */
  readonly values: readonly (number | null)[];
}

/** Lying bars side by side, one for each step of the way to a first loan. */
export function progressOption(bars: readonly ProgressBar[], steps: readonly string[]): ChartOption {
  return {
    grid: { left: 8, right: 40, top: 34, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 10, textStyle: { color: colour.text } },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: { type: 'category', inverse: true, axisTick: { show: false }, data: bars.map(({ name }) => name) },
    series: steps.map((name, step) => ({
      type: 'bar',
      name,
      barMaxWidth: 9,
      color: series[step] ?? colour.quiet,
      data: bars.map(({ values }) => values[step] ?? '-'),
    })),
  };
}
