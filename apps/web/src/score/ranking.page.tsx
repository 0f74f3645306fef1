import { useMemo } from 'react';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Chart } from '../parts/chart.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Page } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { MonthChoice } from './month-choice.part.js';
import { Ranking } from './ranking.part.js';
import { rankingOption } from './score.option.js';
import { useScores, type Score, type Scores } from './score.query.js';
import { scoreText } from './score.text.js';

/** How well all banks serve, for those who oversee them. */
export function RankingPage() {
  const text = useText(scoreText);
  const title = useText(frameText)('regulator.service');
  return (
    <Page title={title} question={text('ranking.question')}>
      <MonthChoice>{(month) => <Month month={month} />}</MonthChoice>
    </Page>
  );
}

function Month({ month }: { month: string }) {
  return (
    <Answer query={useScores(month)} rows={10}>
      {(scores) => (
        <>
          <Totals scores={scores} />
          <Ranking scores={scores} />
        </>
      )}
    </Answer>
  );
}

function Totals({ scores }: { scores: Scores }) {
  const text = useText(scoreText);
  const ranked = useMemo(() => scores.items.filter(({ total, rank }) => total !== null && rank !== null), [scores]);
  const option = useMemo(
    () => rankingOption(ranked.map(({ institution, total }) => ({ name: institution, total: Number(total) }))),
    [ranked],
  );
  const columns: Column<Score>[] = [
    { key: 'bank', title: text('institution'), cell: (row) => row.institution, text: (row) => row.institution },
    { key: 'total', title: text('total'), numeric: true, cell: (row) => row.total, text: (row) => row.total },
  ];
  if (ranked.length === 0) return null;
  return (
    <Chart
      title={text('ranking.chart', { month: scores.month })}
      unit={text('trend.unit')}
      asOf={scores.computedAt}
      option={option}
      height={Math.max(120, ranked.length * 27 + 16)}
      columns={columns}
      rows={ranked}
      rowKey={({ institutionCode }) => institutionCode}
      exportName={`service-totals-${scores.month}`}
    />
  );
}
