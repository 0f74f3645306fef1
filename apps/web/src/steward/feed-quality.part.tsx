import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { Rate, When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { loadFeedQuality, loadSourceQuality, type FeedQuality, type SourceQuality } from './quality.query.js';
import { qualityText } from './quality.text.js';

const parts = ['validBp', 'completeBp', 'consistentBp', 'freshBp'] as const;

/** How good each feed is, and of what its score is made. */
export function FeedScores() {
  const text = useText(qualityText);
  return (
    <Section title={text('tab.scores')} note={text('scores.note')} flush>
      <CursorTable
        caption={text('tab.scores')}
        name={['quality', 'feeds']}
        load={loadFeedQuality}
        columns={useFeedColumns()}
        rowKey={({ feed }) => feed}
        empty={<Empty why={text('scores.none')} />}
        exportName="feed-quality"
      />
    </Section>
  );
}

function useFeedColumns(): Column<FeedQuality>[] {
  const text = useText(qualityText);
  return [
    {
      key: 'feed',
      title: text('feed'),
      cell: ({ title, feed }) => (
        <>
          {title}
          <p className="quiet">
            <code>{feed}</code>
          </p>
        </>
      ),
      text: ({ feed }) => feed,
    },
    {
      key: 'score',
      title: text('score'),
      numeric: true,
      cell: ({ scoreBp }) => (
        <strong>
          <Rate bp={scoreBp} />
        </strong>
      ),
      text: ({ scoreBp }) => scoreBp,
    },
    ...parts.map((part): Column<FeedQuality> => ({
      key: part,
      title: text(part),
      numeric: true,
      cell: (row) => <Rate bp={row.parts[part]} />,
      text: (row) => row.parts[part],
    })),
    ...useRest(),
  ];
}

function useRest(): Column<FeedQuality>[] {
  const text = useText(qualityText);
  return [
    {
      key: 'findings',
      title: text('findings'),
      numeric: true,
      cell: ({ findings }) => countText(findings),
      text: ({ findings }) => findings,
    },
    {
      key: 'newest',
      title: text('newest'),
      cell: ({ newestReportDate, lateSince }) => (
        <>
          <When at={newestReportDate} />
          {lateSince ? (
            <p>
              <StatusTag tone="bad">{text('late')}</StatusTag>
            </p>
          ) : null}
        </>
      ),
      text: ({ newestReportDate }) => newestReportDate,
    },
  ];
}

/** The same by source: whom to write to first. */
export function SourceScores() {
  const text = useText(qualityText);
  const count = (key: 'feeds' | 'lateFeeds' | 'records' | 'findings'): Column<SourceQuality> => ({
    key,
    title: text(key),
    numeric: true,
    cell: (row) => countText(row[key]),
    text: (row) => row[key],
  });
  const columns: Column<SourceQuality>[] = [
    wordColumn('source', text('source'), ({ sourceName }) => sourceName),
    {
      key: 'score',
      title: text('score'),
      numeric: true,
      cell: ({ scoreBp }) => <Rate bp={scoreBp} />,
      text: ({ scoreBp }) => scoreBp,
    },
    count('feeds'),
    count('lateFeeds'),
    count('records'),
    count('findings'),
  ];
  return (
    <Section title={text('tab.sources')} flush>
      <CursorTable
        caption={text('tab.sources')}
        name={['quality', 'sources']}
        load={loadSourceQuality}
        columns={columns}
        rowKey={({ source }) => source}
        empty={<Empty why={text('scores.none')} />}
        exportName="source-quality"
      />
    </Section>
  );
}
