import { Link } from 'react-router';

import { contractPath } from '../contract/contract.query.js';
import { useText, type Text } from '../frame/language.part.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { ExportCsv } from '../parts/export-csv.part.js';
import { When } from '../parts/figures.part.js';
import { countText, rateText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { useRecentBatches, type Batch } from './batch.query.js';
import { volumeOf } from './delivery.rules.js';
import { FeedHeat } from './feed-heat.part.js';
import { feedTones, setAsideBp, stateOf, worstFirst } from './feed-order.rules.js';
import { useFeeds, type Feed } from './feed.query.js';
import { operatorText } from './operator.text.js';

/** Feeds with the worst on top; the regulator sees the same, without the way to the batches. */
export function FeedBoard({ toBatches = false }: { toBatches?: boolean }) {
  const text = useText(operatorText);
  const feeds = useFeeds();
  return (
    <Answer query={feeds} rows={10}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty why={text('feeds.none')} />
        ) : (
          <Board feeds={worstFirst(items)} toBatches={toBatches} />
        )
      }
    </Answer>
  );
}

function Board({ feeds, toBatches }: { feeds: readonly Feed[]; toBatches: boolean }) {
  const text = useText(operatorText);
  const { data: batches } = useRecentBatches(toBatches);
  const columns = useColumns(toBatches, batches);
  const everything = () => Promise.resolve({ rows: feeds, cut: false });
  return (
    <>
      <FeedTiles feeds={feeds} />
      <Section
        title={text('feeds.caption')}
        actions={<ExportCsv name="feeds" columns={columns} rows={everything} />}
        flush
      >
        <DataTable caption={text('feeds.caption')} columns={columns} rows={feeds} rowKey={({ feed }) => feed} />
      </Section>
      <FeedHeat />
    </>
  );
}

function FeedTiles({ feeds }: { feeds: readonly Feed[] }) {
  const text = useText(operatorText);
  const sum = (of: (feed: Feed) => number) => countText(feeds.reduce((total, feed) => total + of(feed), 0));
  return (
    <Tiles>
      <Tile label={text('feeds.count')} value={feeds.length} />
      <Tile
        label={text('feeds.late')}
        value={feeds.filter((feed) => stateOf(feed) === 'LATE' || stateOf(feed) === 'NEVER').length}
      />
      <Tile label={text('feed.records')} value={sum(({ records }) => records)} />
      <Tile label={text('feeds.open')} value={sum(({ quarantined }) => quarantined)} />
    </Tiles>
  );
}

function useColumns(toBatches: boolean, batches: readonly Batch[] | undefined): Column<Feed>[] {
  const text = useText(operatorText);
  const state = (feed: Feed) => text(`feed.state.${stateOf(feed)}`);
  return [
    {
      key: 'fresh',
      title: text('feed.fresh'),
      cell: (feed) => <StatusTag tone={feedTones[stateOf(feed)]}>{state(feed)}</StatusTag>,
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
    ...useVolume(batches),
  ];
}

function useVolume(batches: readonly Batch[] | undefined): Column<Feed>[] {
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
    ...(batches ? [lastVolume(batches, text)] : []),
    count('records', text('feed.records')),
    count('read', text('batch.read')),
    { key: 'aside', title: text('feed.quarantine'), numeric: true, cell: aside, text: aside },
  ];
}

/** Rows of the newest delivery, and what is usual for the feed. */
function lastVolume(batches: readonly Batch[], text: Text<keyof typeof operatorText.zh>): Column<Feed> {
  return {
    key: 'volume',
    title: text('feed.volume'),
    numeric: true,
    cell: ({ feed }) => {
      const volume = volumeOf(batches, feed);
      if (!volume) return '—';
      const usual = volume.usual === null ? null : text('feed.usual', { count: countText(volume.usual) });
      return (
        <>
          {countText(volume.last)}
          {usual ? <p className="quiet">{usual}</p> : null}
        </>
      );
    },
    text: ({ feed }) => volumeOf(batches, feed)?.last,
  };
}

function FeedName({ feed, linked }: { feed: Feed; linked: boolean }) {
  return (
    <>
      {linked ? <Link to={`/operator/batches?feed=${feed.feed}`}>{feed.title}</Link> : feed.title}
      <p className="quiet">
        <Link to={contractPath(feed.feed)}>
          <code>{feed.feed}</code>
        </Link>
      </p>
    </>
  );
}
