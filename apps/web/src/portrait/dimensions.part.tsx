import { useMemo } from 'react';

import { useLanguage, useText } from '../frame/language.part.js';
import { Chart } from '../parts/chart.part.js';
import type { Column } from '../parts/data-table.part.js';
import { rateText } from '../parts/format.rules.js';
import { dimensionOption } from './dimension.option.js';
import type { Dimension, Portrait } from './portrait.query.js';
import { portraitText } from './portrait.text.js';

export function Dimensions({ portrait }: { portrait: Portrait }) {
  const text = useText(portraitText);
  const { language } = useLanguage();
  const option = useMemo(
    () =>
      dimensionOption(
        portrait.dimensions.map((one) => ({ name: one[language], score: one.score, median: one.industryMedian })),
        { us: text('us'), median: text('median') },
      ),
    [portrait, language, text],
  );
  const columns: Column<Dimension>[] = [
    { key: 'name', title: text('dimension'), cell: (one) => one[language], text: (one) => one[language] },
    {
      key: 'score',
      title: text('points'),
      numeric: true,
      cell: ({ score }) => score ?? text('unknown'),
      text: ({ score }) => score,
    },
    {
      key: 'median',
      title: text('median'),
      numeric: true,
      cell: ({ industryMedian }) => industryMedian ?? '—',
      text: ({ industryMedian }) => industryMedian,
    },
    {
      key: 'coverage',
      title: text('coverage'),
      numeric: true,
      cell: ({ coverageBp }) => rateText(coverageBp),
      text: ({ coverageBp }) => rateText(coverageBp),
    },
  ];
  return (
    <Chart
      title={text('dimensions')}
      unit={text('unit')}
      option={option}
      height={330}
      columns={columns}
      rows={portrait.dimensions}
      rowKey={({ code }) => code}
      exportName="dimensions"
    />
  );
}
