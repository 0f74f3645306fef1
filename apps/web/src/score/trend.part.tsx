import { useMemo } from 'react';

import { useText } from '../frame/language.part.js';
import { Chart } from '../parts/chart.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Skeleton } from '../parts/states.part.js';
import { trendOption } from './score.option.js';
import { useTrend, type TrendPoint } from './score.query.js';
import { scoreText } from './score.text.js';

/** How one bank's total has moved. */
export function Trend({ code }: { code: string }) {
  const points = useTrend(code);
  if (!points) return <Skeleton rows={6} />;
  return points.some(({ score }) => score?.total) ? <Drawn points={points} /> : null;
}

function Drawn({ points }: { points: readonly TrendPoint[] }) {
  const text = useText(scoreText);
  const option = useMemo(
    () => trendOption(points.map(({ month, score }) => ({ month, total: score?.total ? Number(score.total) : null }))),
    [points],
  );
  const columns: Column<TrendPoint>[] = [
    { key: 'month', title: text('month'), cell: ({ month }) => month, text: ({ month }) => month },
    {
      key: 'rank',
      title: text('rank'),
      numeric: true,
      cell: ({ score }) => score?.rank ?? '—',
      text: ({ score }) => score?.rank,
    },
    { key: 'grade', title: text('grade'), cell: ({ score }) => score?.grade ?? '—', text: ({ score }) => score?.grade },
    {
      key: 'total',
      title: text('total'),
      numeric: true,
      cell: ({ score }) => score?.total ?? '—',
      text: ({ score }) => score?.total,
    },
  ];
  return (
    <Chart
      title={text('trend.title')}
      unit={text('trend.unit')}
      option={option}
      height={220}
      columns={columns}
      rows={points}
      rowKey={({ month }) => month}
      exportName="service-score"
    />
  );
}
