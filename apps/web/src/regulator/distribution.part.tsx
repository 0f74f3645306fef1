import { useCallback, useMemo } from 'react';

import { useLanguage, useText } from '../frame/language.part.js';
import { Chart } from '../parts/chart.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { barOption, lineOption, type Bar } from './distribution.option.js';
import { FigureView, useFigureText, useRowName, useUnitText } from './figure.part.js';
import { regulatorText } from './regulator.text.js';
import {
  useIndicators,
  type Dimension,
  type Indicators,
  type Measure,
  type Row,
  type Selection,
} from './supervision.query.js';

interface DistributionProps {
  readonly by: Dimension;
  readonly measure: Measure;
  readonly selection: Selection;
}

/** One measure along one dimension; a click on a bar filters the other charts. */
export function Distribution({ by, measure, selection }: DistributionProps) {
  const text = useText(regulatorText);
  const indicators = useIndicators(by, measure, selection);
  return (
    <Answer query={indicators} rows={7}>
      {(found) =>
        found.rows.length === 0 ? (
          <Empty why={text('empty')} />
        ) : (
          <Drawn indicators={found} by={by} chosen={by === 'month' ? undefined : selection[by]} />
        )
      }
    </Answer>
  );
}

interface DrawnProps {
  readonly indicators: Indicators;
  readonly by: Dimension;
  readonly chosen: string | undefined;
}

function Drawn({ indicators, by, chosen }: DrawnProps) {
  const text = useText(regulatorText);
  const unitText = useUnitText();
  const figureText = useFigureText();
  const bars = useBars(indicators, by);
  const option = useMemo(() => (by === 'month' ? lineOption(bars) : barOption(bars, chosen)), [bars, by, chosen]);
  const { set } = useUrl();
  const pick = useCallback(
    (name: string) => {
      const key = bars.find((bar) => bar.name === name)?.key;
      if (key && by !== 'month') set({ [by]: key === chosen ? undefined : key });
    },
    [bars, by, chosen, set],
  );
  const total = text('total', { value: figureText(indicators.total, indicators.unit) });
  return (
    <Chart
      title={text('chart.by', { measure: text(indicators.measure), by: text(`by.${by}`) })}
      unit={`${unitText(indicators.unit)} · ${total}`}
      asOf={indicators.asOf}
      option={option}
      height={by === 'month' ? 240 : Math.max(150, bars.length * 27 + 16)}
      columns={useColumns(by, indicators.unit)}
      rows={indicators.rows}
      rowKey={({ key }) => key}
      exportName={`${indicators.measure}-${by}`}
      onPick={pick}
    />
  );
}

/** A suppressed figure is small, but it is more than none. */
const rankOf = ({ value }: Bar): number => value ?? Number.MIN_VALUE;

/** Bars of a place or a rank keep their order, those of trades and banks go by size; a long tail stays in the table. */
function useBars({ rows, unit }: Indicators, by: Dimension): Bar[] {
  const nameOf = useRowName();
  const figureText = useFigureText();
  const { language } = useLanguage();
  return useMemo(() => {
    const scale = unit === 'FEN' ? (language === 'zh' ? 1_000_000 : 100_000) : 1;
    const bars = rows.map((row) => ({
      key: row.key,
      name: nameOf(by, row.key),
      value: row.value === null ? null : Number(row.value) / scale,
      label: figureText(row, unit),
    }));
    if (by !== 'industry' && by !== 'institution') return bars;
    return bars.toSorted((a, b) => rankOf(b) - rankOf(a)).slice(0, 12);
  }, [rows, unit, by, nameOf, figureText, language]);
}

function useColumns(by: Dimension, unit: Indicators['unit']): Column<Row>[] {
  const text = useText(regulatorText);
  const nameOf = useRowName();
  const figureText = useFigureText();
  return [
    { key: 'key', title: text(`by.${by}`), cell: ({ key }) => nameOf(by, key), text: ({ key }) => nameOf(by, key) },
    {
      key: 'value',
      title: text('value'),
      numeric: true,
      cell: (row) => <FigureView figure={row} unit={unit} />,
      text: (row) => figureText(row, unit),
    },
    {
      key: 'n',
      title: text('n'),
      numeric: true,
      cell: (row) => row.n ?? text('small'),
      text: (row) => row.n ?? text('small'),
    },
  ];
}
