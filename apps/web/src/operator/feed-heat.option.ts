import type { ChartOption } from '../parts/canvas.part.js';

export interface HeatCell {
  readonly day: string;
  readonly feed: string;
  /** From 0 to 1. */
  readonly depth: number;
  readonly words: string;
}

/** Days across, feeds down; what a tile says is written where one points at it, and in the table. */
export function heatOption(cells: readonly HeatCell[], days: readonly string[], feeds: readonly string[]): ChartOption {
  return {
    grid: { left: 8, right: 12, top: 6, bottom: 4, containLabel: true },
    tooltip: { trigger: 'item', formatter: '{b}' },
    xAxis: { type: 'category', data: days.map((day) => day.slice(5)), splitArea: { show: true } },
    yAxis: { type: 'category', data: [...feeds], inverse: true, axisTick: { show: false } },
    visualMap: { show: false, min: 0, max: 1, inRange: { color: ['#e6f1f3', '#0b6477'] } },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: '#fff', borderWidth: 2 },
        data: cells.map(({ day, feed, depth, words }) => ({
          name: `${day} ${feed}: ${words}`,
          value: [days.indexOf(day), feeds.indexOf(feed), depth],
        })),
      },
    ],
  };
}
