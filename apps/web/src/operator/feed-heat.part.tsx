import { Select } from 'antd';
import { useMemo } from 'react';

import { useText } from '../frame/language.part.js';
import { Chart } from '../parts/chart.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { countText, rateText } from '../parts/format.rules.js';
import { Answer } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { heatOption, type HeatCell } from './feed-heat.option.js';
import { useFeedDays, type FeedDays } from './feed.query.js';
import { depthOf, figureOf, measures, type Measure } from './heat.rules.js';
import { heatText } from './heat.text.js';

/** A month shows what comes daily, weekly or monthly; what comes once a year has its freshness in the list. */
const daysShown = 30;

/** What came of each feed on each day, how good it was, and whether the promise was kept. */
export function FeedHeat() {
  const days = useFeedDays(daysShown);
  return (
    <Answer query={days}>{({ items }) => <Heat feeds={items.filter(({ days: of }) => of.some(isKnown))} />}</Answer>
  );
}

const isKnown = ({ deliveries, scoreBp }: FeedDays['days'][number]): boolean =>
  deliveries > 0 || (scoreBp !== null && scoreBp !== undefined);

function Heat({ feeds }: { feeds: readonly FeedDays[] }) {
  const text = useText(heatText);
  const { get, set } = useUrl();
  const measure = measures.find((one) => one === get('heat')) ?? 'rows';
  const words = useWords();
  const { cells, option } = useMemo(() => drawn(feeds, measure, words), [feeds, measure, words]);
  const columns: Column<HeatCell>[] = [
    wordColumn('day', text('day'), ({ day }) => day),
    wordColumn('feed', text('feed'), ({ feed }) => feed),
    {
      key: 'figure',
      title: text(measure),
      numeric: true,
      cell: ({ words: said }) => said,
      text: ({ words: said }) => said,
    },
  ];
  if (feeds.length === 0) return null;
  return (
    <>
      <div className="filters">
        <Select
          aria-label={text('measure')}
          value={measure}
          options={measures.map((value) => ({ value, label: text(value) }))}
          style={{ width: 200 }}
          onChange={(value: Measure) => set({ heat: value === 'rows' ? undefined : value })}
        />
      </div>
      <Chart
        title={text('title', { days: daysShown })}
        unit={text(`unit.${measure}`)}
        option={option}
        height={feeds.length * 26 + 40}
        columns={columns}
        rows={cells}
        rowKey={({ day, feed }) => `${day} ${feed}`}
        exportName={`feeds-${measure}`}
      />
    </>
  );
}

/** A figure in the words of its measure. */
function useWords() {
  const text = useText(heatText);
  return useMemo(
    () =>
      (measure: Measure, figure: number): string => {
        if (measure === 'fresh') return text(figure === 0 ? 'onTime' : 'late');
        return measure === 'rows' ? countText(figure) : rateText(figure);
      },
    [text],
  );
}

function drawn(feeds: readonly FeedDays[], measure: Measure, words: (measure: Measure, figure: number) => string) {
  const days = feeds[0]?.days.map(({ day }) => day) ?? [];
  const cells = feeds.flatMap(({ title, days: of }) =>
    of.flatMap((facts): HeatCell[] => {
      const figure = figureOf(measure, facts);
      if (figure === null) return [];
      return [{ day: facts.day, feed: title, depth: depthOf(measure, figure), words: words(measure, figure) }];
    }),
  );
  return {
    cells,
    option: heatOption(
      cells,
      days,
      feeds.map(({ title }) => title),
    ),
  };
}
