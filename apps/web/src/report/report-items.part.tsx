import { useListing, useText } from '../frame/language.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { Money, When } from '../parts/figures.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import type { Field, Item, Report } from './report.query.js';
import { reportText } from './report.text.js';

/** Items of one section: a table per feed, as items of one feed have the same fields. */
export function ReportItems({ items, sources }: { items: readonly Item[]; sources: Report['sources'] }) {
  const feeds = [...new Set(items.map(({ feed }) => feed))];
  return feeds.map((feed) => {
    const from = sources.find((source) => source.feed === feed);
    const title = from?.title ?? feed;
    return (
      <div key={feed}>
        {feeds.length > 1 ? <h3 className="table-title">{title}</h3> : null}
        <FeedItems
          title={title}
          sourceName={from?.sourceName ?? ''}
          items={items.filter((item) => item.feed === feed)}
        />
      </div>
    );
  });
}

function FeedItems({ title, sourceName, items }: { title: string; sourceName: string; items: readonly Item[] }) {
  const text = useText(reportText);
  const fields = items[0]?.fields ?? [];
  const columns: Column<Item>[] = [
    { key: 'date', title: text('latest'), cell: ({ eventDate }) => <When at={eventDate} /> },
    ...fields.map(({ code, label, kind }) => ({
      key: code,
      title: label,
      numeric: kind === 'fen' || kind === 'number',
      cell: (item: Item) => <Value field={item.fields.find((field) => field.code === code)} />,
    })),
    { key: 'tendency', title: '', cell: (item) => <Tendency item={item} /> },
    {
      key: 'version',
      title: text('source'),
      cell: ({ version }) => (
        <span className="quiet">
          {sourceName} · {text('version', { version })}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption={title}
      columns={columns}
      rows={items}
      rowKey={(item) => `${item.recordKey} ${item.eventDate}`}
    />
  );
}

function Value({ field }: { field: Field | undefined }) {
  const listing = useListing();
  if (!field || field.value === null || field.value === undefined) return <span className="quiet">—</span>;
  if (field.kind === 'day') return <When at={String(field.value)} />;
  if (field.kind === 'fen' && /^-?\d+$/.test(String(field.value))) return <Money fen={String(field.value)} />;
  return Array.isArray(field.value) ? listing(field.value) || '—' : String(field.value);
}

function Tendency({ item }: { item: Item }) {
  const text = useText(reportText);
  if (!item.tendency) return null;
  return <StatusTag tone={item.tendency === 'NEGATIVE' ? 'bad' : 'good'}>{text(item.tendency)}</StatusTag>;
}
