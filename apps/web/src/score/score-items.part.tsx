import { useLanguage, useText } from '../frame/language.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { rateText } from '../parts/format.rules.js';
import type { ScoreItem } from './score.query.js';
import { scoreText } from './score.text.js';

/** What the total is made of, each with how it was reckoned. */
export function ScoreItems({ items, caption }: { items: readonly ScoreItem[]; caption: string }) {
  return <DataTable caption={caption} columns={useColumns()} rows={items} rowKey={({ item }) => item} />;
}

function useColumns(): Column<ScoreItem>[] {
  const text = useText(scoreText);
  const { language } = useLanguage();
  return [
    { key: 'item', title: text('item'), cell: ({ item }) => <strong>{text(`item.${item}`)}</strong> },
    { key: 'earned', title: text('earned'), numeric: true, cell: (item) => <Earned item={item} /> },
    { key: 'points', title: text('points'), numeric: true, cell: ({ points }) => points },
    {
      key: 'rate',
      title: text('rate'),
      numeric: true,
      cell: ({ rateBp }) => (rateBp === null ? '—' : rateText(rateBp)),
    },
    { key: 'base', title: text('base'), numeric: true, cell: ({ base }) => base },
    {
      key: 'reason',
      title: text('reason'),
      cell: ({ reason }) => <span className="quiet">{reason[language]}</span>,
    },
  ];
}

function Earned({ item: { earned, points } }: { item: ScoreItem }) {
  const text = useText(scoreText);
  if (earned === null) return <span className="quiet">{text('unscored')}</span>;
  const share = points > 0 ? Math.min(Number(earned) / points, 1) : 0;
  return (
    <span className="score-bar">
      <span>{earned}</span>
      <span aria-hidden className="bar">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}
