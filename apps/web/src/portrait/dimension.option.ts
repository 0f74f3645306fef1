import type { ChartOption } from '../parts/canvas.part.js';

export interface DimensionFigures {
  readonly name: string;
  readonly score: number | null;
  readonly median: number | null;
}

/** Bars of the enterprise and of the median side by side; what is not known has no bar. */
export function dimensionOption(
  dimensions: readonly DimensionFigures[],
  words: { us: string; median: string },
): ChartOption {
  const names = dimensions.map(({ name }) => name);
  return {
    grid: { left: 8, right: 44, top: 32, bottom: 4, containLabel: true },
    legend: { top: 0, left: 'left' },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'value', min: 0, max: 100, splitLine: { lineStyle: { color: '#e6ecef' } } },
    yAxis: { type: 'category', inverse: true, data: names, axisTick: { show: false } },
    series: [
      {
        type: 'bar',
        name: words.us,
        barWidth: 10,
        data: dimensions.map(({ score }) => score ?? '-'),
        label: { show: true, position: 'right' },
      },
      {
        type: 'bar',
        name: words.median,
        barWidth: 5,
        data: dimensions.map(({ median }) => median ?? '-'),
        itemStyle: { color: '#a9b8bf' },
      },
    ],
  };
}
