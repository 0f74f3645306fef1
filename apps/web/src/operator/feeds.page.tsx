import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { ExportCsv } from '../parts/export-csv.part.js';
import { When } from '../parts/figures.part.js';
import { countText, rateText } from '../parts/format.rules.js';
import { Page, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { setAsideBp, stateOf, worstFirst } from './feed-order.rules.js';
import { useFeeds, type Feed } from './feed.query.js';
import { operatorText } from './operator.text.js';

const tones: Record<ReturnType<typeof stateOf>, Tone> = { FRESH: 'good', LATE: 'bad', NEVER: 'warn' };

/** Feeds with the worst on top; the regulator sees the same, without the way to the batches. */
export function FeedsPage() {
  const text = useText(operatorText);
  const title = useText(frameText)('operator.feeds');
  return <FeedBoard title={title} question={text('feeds.question')} toBatches />;
}

interface FeedBoardProps {
  readonly title: string;
  readonly question: string;
  readonly toBatches?: boolean;
}

export function FeedBoard({ title, question, toBatches = false }: FeedBoardProps) {
  const text = useText(operatorText);
  const feeds = useFeeds();
  const columns = useColumns(toBatches);
  return (
    <Page title={title} question={question}>
      <Answer query={feeds} rows={10}>
        {({ items }) => {
          const rows = worstFirst(items);
          if (rows.length === 0) return <Empty why={text('feeds.none')} />;
          const actions = (
            <ExportCsv name="feeds" columns={columns} rows={() => Promise.resolve({ rows, cut: false })} />
          );
          return (
            <>
              <FeedTiles feeds={rows} />
              <Section title={text('feeds.caption')} actions={actions} flush>
                <DataTable caption={text('feeds.caption')} columns={columns} rows={rows} rowKey={({ feed }) => feed} />
              </Section>
            </>
          );
        }}
      </Answer>
    </Page>
  );
}

function FeedTiles({ feeds }: { feeds: readonly Feed[] }) {
  const text = useText(operatorText);
  const sum = (of: (feed: Feed) => number) => countText(feeds.reduce((total, feed) => total + of(feed), 0));
  return (
    <Tiles>
      <Tile label={text('feeds.count')} value={feeds.length} />
      <Tile label={text('feeds.late')} value={feeds.filter((feed) => stateOf(feed) !== 'FRESH').length} />
      <Tile label={text('feed.records')} value={sum(({ records }) => records)} />
      <Tile label={text('feeds.open')} value={sum(({ quarantined }) => quarantined)} />
    </Tiles>
  );
}

function useColumns(toBatches: boolean): Column<Feed>[] {
  const text = useText(operatorText);
  const state = (feed: Feed) => text(`feed.state.${stateOf(feed)}`);
  return [
    {
      key: 'fresh',
      title: text('feed.fresh'),
      cell: (feed) => <StatusTag tone={tones[stateOf(feed)]}>{state(feed)}</StatusTag>,
      text: state,
    },
    {
      key: 'feed',
      title: text('feed.title'),
      cell: (feed) => <FeedName feed={feed} linked={toBatches} />,
      text: ({ feed }) => feed,
    },
    wordColumn('source', text('feed.source'), ({ sourceName }) => sourceName),
    wordColumn('basis', text('feed.basis'), ({ basis }) => text(`feed.${basis}`)),
    {
      key: 'last',
      title: text('feed.last'),
      cell: (feed) => (
        <>
          <When at={feed.newestReportDate} />
          <p className="quiet">{text('feed.promise', { days: feed.freshnessDays })}</p>
        </>
      ),
      text: ({ newestReportDate }) => newestReportDate,
    },
    ...useVolume(),
  ];
}

function useVolume(): Column<Feed>[] {
  const text = useText(operatorText);
  const count = (key: 'records' | 'read', title: string): Column<Feed> => ({
    key,
    title,
    numeric: true,
    cell: (feed) => countText(feed[key]),
    text: (feed) => feed[key],
  });
  const aside = (feed: Feed) => {
    const bp = setAsideBp(feed);
    return bp === null ? '—' : rateText(bp);
  };
  return [
    count('records', text('feed.records')),
    count('read', text('batch.read')),
    { key: 'aside', title: text('feed.quarantine'), numeric: true, cell: aside, text: aside },
  ];
}

function FeedName({ feed, linked }: { feed: Feed; linked: boolean }) {
  return (
    <>
      {linked ? <Link to={`/operator/batches?feed=${feed.feed}`}>{feed.title}</Link> : feed.title}
      <p className="quiet">
        <code>{feed.feed}</code>
      </p>
    </>
  );
}
