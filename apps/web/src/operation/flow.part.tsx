import { Segmented } from 'antd';
import { Link } from 'react-router';

import { useFeedTitle } from '../client/feed-title.query.js';
import { useMe } from '../client/session.query.js';
import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { ExportCsv } from '../parts/export-csv.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { useUrl } from '../parts/url.query.js';
import { useFlowColumns } from './flow-columns.part.js';
import { needsALook, stuckFirst } from './flow-order.rules.js';
import { useOperation, type Operation, type SourceFlow } from './flow.query.js';
import { flowText } from './flow.text.js';
import { HoldAct } from './hold.part.js';
import { useSpan } from './span.part.js';

/** What waits, what moves, what is behind and what rests: of everything, or of one's own feeds. */
export function Flow() {
  const operation = useOperation();
  return (
    <Answer query={operation} rows={10}>
      {(found) => (
        <>
          <FlowTiles operation={found} />
          <FeedFlows operation={found} />
          <Failures failed={found.failed} />
          {found.workers.length > 0 ? <Workers workers={found.workers} /> : null}
          {found.sources.length > 1 ? <SourceFlows operation={found} /> : null}
        </>
      )}
    </Answer>
  );
}

export function FlowTiles({ operation }: { operation: Operation }) {
  const text = useText(flowText);
  const span = useSpan();
  const { backlog, throughput, failedLastWeek, workers, outbox } = operation;
  const alive = workers.filter((worker) => worker.alive).length;
  const waiting = backlog.batches > 0 ? text('tile.oldest', { span: span(backlog.oldestSeconds) }) : text('tile.none');
  const rows = { minute: countText(throughput.lastMinute), day: countText(throughput.lastDay) };
  return (
    <Tiles>
      <Tile
        label={text('tile.backlog')}
        value={text('tile.backlogOf', { batches: countText(backlog.batches) })}
        note={waiting}
      />
      <Tile
        label={text('tile.rows')}
        value={text('tile.rowsOf', { count: countText(throughput.lastHour) })}
        note={text('tile.rowsNote', rows)}
      />
      <Tile label={text('tile.failed')} value={countText(failedLastWeek)} />
      {outbox === null ? null : (
        <>
          <Tile
            label={text('tile.workers')}
            value={text('tile.workersOf', { alive })}
            note={operation.working ? undefined : text('tile.workersNone')}
          />
          <Tile label={text('tile.outbox')} value={countText(outbox)} note={text('tile.outboxNote')} />
        </>
      )}
    </Tiles>
  );
}

/** Feeds that somebody should look at, or all of them; which of the two is in the address. */
function FeedFlows({ operation: { feeds } }: { operation: Operation }) {
  const text = useText(flowText);
  const { get, set } = useUrl();
  const { data: me } = useMe();
  const columns = useFlowColumns(me?.organisation.kind === 'operator');
  const all = get('which') === 'all';
  const rows = stuckFirst(all ? feeds : feeds.filter(needsALook));
  const actions = (
    <>
      <Segmented
        value={all ? 'all' : 'look'}
        options={[
          { value: 'look', label: text('which.look') },
          { value: 'all', label: text('which.all') },
        ]}
        onChange={(which) => set({ which: which === 'all' ? 'all' : undefined })}
      />
      <ExportCsv name="flow" columns={columns} rows={() => Promise.resolve({ rows, cut: false })} />
    </>
  );
  return (
    <Section title={text('feeds')} note={text('feeds.note')} actions={actions} flush>
      {rows.length === 0 ? (
        <Empty why={text('feeds.none')} />
      ) : (
        <DataTable caption={text('feeds')} columns={columns} rows={rows} rowKey={({ feed }) => feed} />
      )}
    </Section>
  );
}

export function Failures({ failed }: { failed: Operation['failed'] }) {
  const text = useText(flowText);
  const titleOf = useFeedTitle();
  const { language } = useLanguage();
  const columns: Column<Operation['failed'][number]>[] = [
    { key: 'at', title: text('failure.at'), cell: ({ finishedAt }) => <When at={finishedAt} /> },
    {
      key: 'batch',
      title: text('failure.batch'),
      cell: ({ id, feed, reference }) => (
        <>
          <Link to={`/operator/batches/${id}`}>
            <code className="broken">{reference}</code>
          </Link>
          <p className="quiet">{titleOf(feed)}</p>
        </>
      ),
    },
    wordColumn('why', text('failure.why'), (batch) => batch[language]),
  ];
  return (
    <Section title={text('failures')} flush>
      {failed.length === 0 ? (
        <Empty why={text('failures.none')} />
      ) : (
        <DataTable caption={text('failures')} columns={columns} rows={failed} rowKey={({ id }) => id} />
      )}
    </Section>
  );
}

function Workers({ workers }: { workers: Operation['workers'] }) {
  const text = useText(flowText);
  const titleOf = useFeedTitle();
  const listing = useListing();
  const columns: Column<Operation['workers'][number]>[] = [
    {
      key: 'state',
      title: text('state'),
      cell: ({ alive }) => (
        <StatusTag tone={alive ? 'good' : 'bad'}>{text(alive ? 'worker.alive' : 'worker.gone')}</StatusTag>
      ),
    },
    {
      key: 'on',
      title: text('worker.on'),
      cell: ({ feeds }) => (feeds.length > 0 ? listing(feeds.map(titleOf)) : '—'),
    },
    { key: 'lanes', title: text('worker.lanes'), numeric: true, cell: ({ lanes }) => lanes },
    { key: 'since', title: text('worker.since'), cell: ({ startedAt }) => <When at={startedAt} /> },
    { key: 'seen', title: text('worker.seen'), cell: ({ seenAt }) => <When at={seenAt} /> },
  ];
  return (
    <Section title={text('workers')} flush>
      <DataTable caption={text('workers')} columns={columns} rows={workers} rowKey={({ id }) => id} />
    </Section>
  );
}

/** Sources with something in hand or at rest first; the whole list is long, so it opens on demand. */
function SourceFlows({ operation: { sources, feeds } }: { operation: Operation }) {
  const text = useText(flowText);
  const { data: me } = useMe();
  const operates = me?.organisation.kind === 'operator';
  const held = new Set(
    feeds.flatMap(({ pauses }) => pauses.filter(({ scope }) => scope === 'SOURCE').map(({ name }) => name)),
  );
  const weight = ({ source, backlog, failedLastWeek, pausedFeeds }: SourceFlow) =>
    Number(held.has(source)) * 1e9 + pausedFeeds * 1e6 + backlog.batches * 1e3 + failedLastWeek;
  const count = (key: 'feeds' | 'pausedFeeds', title: string): Column<SourceFlow> => ({
    key,
    title,
    numeric: true,
    cell: (row) => countText(row[key]),
  });
  const columns: Column<SourceFlow>[] = [
    wordColumn('source', text('source'), ({ name }) => name),
    count('feeds', text('source.feeds')),
    count('pausedFeeds', text('source.paused')),
    { key: 'backlog', title: text('backlog'), numeric: true, cell: ({ backlog }) => countText(backlog.batches) },
    { key: 'rows', title: text('rows'), numeric: true, cell: ({ throughput }) => countText(throughput.lastDay) },
    { key: 'last', title: text('lag'), cell: ({ lastDeliveryAt }) => <When at={lastDeliveryAt} /> },
    {
      key: 'act',
      title: '',
      cell: ({ source, name }) =>
        operates ? <HoldAct of={{ scope: 'SOURCE', name: source }} title={name} paused={held.has(source)} /> : null,
    },
  ];
  return (
    <Section title={text('sources')} note={text('sources.note')} flush>
      <details className="more" open={held.size > 0}>
        <summary>
          {text('sources')} · {sources.length}
        </summary>
        <DataTable
          caption={text('sources')}
          columns={columns}
          rows={sources.toSorted((a, b) => weight(b) - weight(a))}
          rowKey={({ source }) => source}
        />
      </details>
    </Section>
  );
}
