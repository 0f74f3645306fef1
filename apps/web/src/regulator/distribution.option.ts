import { colour } from '../frame/theme.option.js';
import type { ChartOption } from '../parts/canvas.part.js';

export interface Bar {
  readonly key: string;
  readonly name: string;
  /** null when suppressed or absent. */
  readonly value: number | null;
  readonly label: string;
}

const pale = '#b5cdd3';

/** Lying bars, the chosen one in full colour; suppressed ones keep their place and say so. */
export function barOption(bars: readonly Bar[], chosen: string | undefined): ChartOption {
  return {
    grid: { left: 8, right: 120, top: 4, bottom: 4, containLabel: true },
    tooltip: { trigger: 'item', formatter: '{b}' },
    xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { type: 'category', inverse: true, axisTick: { show: false }, data: bars.map(({ name }) => name) },
    series: [
      {
        type: 'bar',
        barMaxWidth: 16,
        cursor: 'pointer',
        data: bars.map(({ key, value, label }) => ({
          value: value ?? 0,
          itemStyle: { color: chosen === undefined || chosen === key ? colour.water : pale },
          label: { show: true, position: 'right', formatter: label, color: colour.text },
        })),
      },
    ],
  };
}

/** Months as a line with a soft floor; months without a figure are gaps. */
export function lineOption(bars: readonly Bar[]): ChartOption {
  return {
    grid: { left: 8, right: 20, top: 14, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', boundaryGap: false, data: bars.map(({ name }) => name) },
    yAxis: { type: 'value', min: 0 },
    series: [
      {
        type: 'line',
        symbolSize: 7,
        areaStyle: { opacity: 0.08 },
        data: bars.map(({ value }) => value ?? '-'),
      },
    ],
  };
}
