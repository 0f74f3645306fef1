import { useMemo } from 'react';

import { useText } from '../frame/language.part.js';
import { Chart } from '../parts/chart.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { addDays, countText, dayOf } from '../parts/format.rules.js';
import type { Batch } from './batch.query.js';
import { rowsByDay } from './delivery.rules.js';
import { heatOption, type HeatCell } from './feed-heat.option.js';
import type { Feed } from './feed.query.js';
import { operatorText } from './operator.text.js';

/** A fortnight shows every feed that comes daily or weekly; the others have their freshness above. */
const daysShown = 14;

/** What came of each feed on each day: a gap in a row of tiles is a delivery that did not come. */
export function FeedHeat({ feeds, batches }: { feeds: readonly Feed[]; batches: readonly Batch[] }) {
  const text = useText(operatorText);
  const { cells, option } = useMemo(() => drawn(feeds, batches), [feeds, batches]);
  const columns: Column<HeatCell>[] = [
    wordColumn('day', text('heat.day'), ({ day }) => day),
    wordColumn('feed', text('feed.title'), ({ feed }) => feed),
    {
      key: 'rows',
      title: text('batch.read'),
      numeric: true,
      cell: ({ rows }) => countText(rows),
      text: ({ rows }) => rows,
    },
  ];
  return (
    <Chart
      title={text('heat.title', { days: daysShown })}
      unit={text('heat.unit')}
      option={option}
      height={feeds.length * 26 + 40}
      columns={columns}
      rows={cells}
      rowKey={({ day, feed }) => `${day} ${feed}`}
      exportName="deliveries"
    />
  );
}

function drawn(feeds: readonly Feed[], batches: readonly Batch[]) {
  const today = dayOf(new Date());
  const days = Array.from({ length: daysShown }, (_, index) => addDays(today, index + 1 - daysShown));
  const rows = rowsByDay(batches, days, (instant) => dayOf(new Date(instant)));
  const cells = feeds.flatMap(({ feed, title }) =>
    [...(rows.get(feed) ?? [])].map(([day, count]) => ({ day, feed: title, rows: count })),
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
