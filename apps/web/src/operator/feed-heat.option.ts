import type { ChartOption } from '../parts/canvas.part.js';

export interface HeatCell {
  readonly day: string;
  readonly feed: string;
  readonly rows: number;
}

/** Days across, feeds down; the deeper, the more rows, on a scale that lets small feeds show beside large ones. */
export function heatOption(cells: readonly HeatCell[], days: readonly string[], feeds: readonly string[]): ChartOption {
  const depth = (rows: number) => Math.round(Math.log10(rows + 1) * 100) / 100;
  return {
    grid: { left: 8, right: 12, top: 6, bottom: 4, containLabel: true },
    tooltip: { trigger: 'item', formatter: '{b}' },
    xAxis: { type: 'category', data: days.map((day) => day.slice(5)), splitArea: { show: true } },
    yAxis: { type: 'category', data: [...feeds], inverse: true, axisTick: { show: false } },
    visualMap: { show: false, min: 0, max: 5, inRange: { color: ['#e6f1f3', '#0b6477'] } },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: '#fff', borderWidth: 2 },
        data: cells.map(({ day, feed, rows }) => ({
          name: `${day} ${feed}: ${rows}`,
          value: [days.indexOf(day), feeds.indexOf(feed), depth(rows)],
        })),
      },
    ],
  };
}
