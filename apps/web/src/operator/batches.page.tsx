import { Button } from 'antd';
import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { FeedName } from '../parts/feed-name.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { countText } from '../parts/format.rules.js';
import { Page, Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { UploadBatch } from '../upload/upload-batch.part.js';
import { BatchBar } from './batch-bar.part.js';
import { batchStatuses, loadBatches, type Batch, type BatchStatus } from './batch.query.js';
import { useFeeds } from './feed.query.js';
import { operatorText } from './operator.text.js';

const tones: Record<BatchStatus, Tone> = { RECEIVED: 'busy', RUNNING: 'busy', DONE: 'good', FAILED: 'bad' };

export function BatchStatusTag({ status }: { status: BatchStatus }) {
  const text = useText(operatorText);
  return <StatusTag tone={tones[status]}>{text(`batch.${status}`)}</StatusTag>;
}

export function BatchesPage() {
  const text = useText(operatorText);
  const title = useText(frameText)('operator.batches');
  const { get } = useUrl();
  const feeds = useFeeds();
  const filter = { feed: get('feed'), status: batchStatuses.find((status) => status === get('status')) };
  return (
    <Page title={title} question={text('batches.question')} actions={<UploadBatch />}>
      <FilterBar keys={['feed', 'status']}>
        <SelectFilter
          name="feed"
          label={text('batch.feed')}
          width={240}
          options={feeds.data?.items.map(({ feed, title: name }) => ({ value: feed, label: `${name} ${feed}` })) ?? []}
        />
        <SelectFilter
          name="status"
          label={text('batch.status')}
          options={batchStatuses.map((value) => ({ value, label: text(`batch.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('batches.caption')} flush>
        <CursorTable
          caption={text('batches.caption')}
          name={['batches', filter]}
          load={loadBatches(filter)}
          columns={useBatchColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('batches.none')} />}
          exportName="batches"
          refreshMs={5_000}
        />
      </Section>
    </Page>
  );
}

/** One delivery a row; for whoever lists some of them. */
export function useBatchColumns(): Column<Batch>[] {
  const text = useText(operatorText);
  const count = (key: 'read' | 'accepted' | 'quarantined' | 'refused'): Column<Batch> => ({
    key,
    title: text(`batch.${key}`),
    numeric: true,
    cell: (batch) => countText(batch[key]),
    text: (batch) => batch[key],
  });
  return [
    {
      key: 'status',
      title: text('batch.status'),
      cell: ({ status }) => <BatchStatusTag status={status} />,
      text: ({ status }) => text(`batch.${status}`),
    },
    { key: 'feed', title: text('batch.feed'), cell: ({ feed }) => <FeedName feed={feed} />, text: ({ feed }) => feed },
    {
      key: 'reference',
      title: text('batch.reference'),
      cell: ({ reference }) => (
        <code className="cut" title={reference}>
          {reference}
        </code>
      ),
      text: ({ reference }) => reference,
    },
    {
      key: 'received',
      title: text('batch.received'),
      cell: ({ receivedAt }) => <When at={receivedAt} />,
      text: ({ receivedAt }) => receivedAt,
    },
    count('read'),
    { key: 'bar', title: text('batch.shares'), width: 130, cell: (batch) => <BatchBar batch={batch} /> },
    count('accepted'),
    count('quarantined'),
    count('refused'),
    { key: 'act', title: '', cell: (batch) => <OpenBatch batch={batch} /> },
  ];
}

function OpenBatch({ batch: { id, reference } }: { batch: Batch }) {
  const text = useText(operatorText);
  return (
    <Link to={`/operator/batches/${id}`} aria-label={`${text('batch.open')} ${reference}`}>
      <Button size="small" tabIndex={-1}>
        {text('batch.open')}
      </Button>
    </Link>
  );
}
