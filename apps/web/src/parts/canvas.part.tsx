import {
  BarChart,
  HeatmapChart,
  LineChart,
  RadarChart,
  type BarSeriesOption,
  type HeatmapSeriesOption,
  type LineSeriesOption,
  type RadarSeriesOption,
} from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  RadarComponent,
  TooltipComponent,
  VisualMapComponent,
  type GridComponentOption,
  type LegendComponentOption,
  type RadarComponentOption,
  type TooltipComponentOption,
  type VisualMapComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

import { colour, family, series } from '../frame/theme.option.js';

use([BarChart, LineChart, RadarChart, HeatmapChart, SVGRenderer]);
use([GridComponent, LegendComponent, RadarComponent, TooltipComponent, VisualMapComponent]);

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | RadarSeriesOption
  | HeatmapSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | RadarComponentOption
  | TooltipComponentOption
  | VisualMapComponentOption
>;

interface CanvasProps {
  readonly label: string;
  readonly option: ChartOption;
  readonly height: number;
  readonly onPick?: (name: string) => void;
}

/** Only the charts in use are registered; SVG keeps text sharp in print. */
export default function Canvas({ label, option, height, onPick }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  useEffect(() => {
    const made = init(box.current, undefined, { renderer: 'svg' });
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    if (box.current) watcher.observe(box.current);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption({ ...base, ...option }, { notMerge: true });
  }, [option]);
  useEffect(() => {
    const drawn = chart.current;
    const pick = (event: { name: string }) => onPick?.(event.name);
    drawn?.on('click', pick);
    return () => void drawn?.off('click', pick);
  }, [onPick]);
  return <div ref={box} role="img" aria-label={label} style={{ height }} />;
}

const base: ChartOption = {
  color: series,
  animationDuration: 250,
  textStyle: { color: colour.text, fontFamily: family },
};
