import { Button, Drawer } from 'antd';
import { useState } from 'react';

import { useLanguage, useText } from '../frame/language.part.js';
import { useFeeds } from '../operator/feed.query.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { FeedName } from '../parts/feed-name.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { RowWork } from './row-work.part.js';
import { loadSetAside, rowStates, type SetAside } from './set-aside.query.js';
import { stewardText } from './steward.text.js';

const tones: Record<SetAside['state'], Tone> = { OPEN: 'warn', PROPOSED: 'busy', SETTLED: 'good' };
const kinds: readonly SetAside['kind'][] = ['QUARANTINED', 'REFUSED'];

export function FeedFilter() {
  const text = useText(stewardText);
  const { data } = useFeeds();
  const options = data?.items.map(({ feed, title }) => ({ value: feed, label: `${title} ${feed}` })) ?? [];
  return <SelectFilter name="feed" label={text('feed')} width={240} options={options} />;
}

/** Rows that were set aside, over all deliveries; one of them opens with its cells. */
export function SetAsideRows() {
  const text = useText(stewardText);
  const { get } = useUrl();
  const [open, setOpen] = useState<SetAside>();
  const filter = {
    feed: get('feed'),
    state: rowStates.find((state) => state === get('state')),
    kind: kinds.find((kind) => kind === get('kind')),
  };
  return (
    <>
      <FilterBar keys={['feed', 'state', 'kind']}>
        <FeedFilter />
        <SelectFilter
          name="state"
          label={text('row.state')}
          options={rowStates.map((value) => ({ value, label: text(`row.${value}`) }))}
        />
        <SelectFilter
          name="kind"
          label={text('row.kind')}
          options={kinds.map((value) => ({ value, label: text(`row.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('tab.rows')} note={text('rows.note')} flush>
        <CursorTable
          caption={text('tab.rows')}
          name={['set-aside', filter]}
          load={loadSetAside(filter)}
          columns={useColumns(setOpen)}
          rowKey={({ batchId, lineNumber }) => `${batchId} ${lineNumber}`}
          empty={<Empty why={text('rows.none')} />}
          exportName="set-aside"
        />
      </Section>
      <Drawer
        title={open ? text('row.title', { line: open.lineNumber, reference: open.reference }) : ''}
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        size={760}
        destroyOnHidden
      >
        {open ? <RowWork row={open} /> : null}
      </Drawer>
    </>
  );
}

function useColumns(open: (row: SetAside) => void): Column<SetAside>[] {
  const text = useText(stewardText);
  return [
    ...useWhatAndWhy(),
    {
      key: 'received',
      title: text('row.received'),
      cell: ({ receivedAt }) => <When at={receivedAt} />,
      text: ({ receivedAt }) => receivedAt,
    },
    {
      key: 'act',
      title: '',
      cell: (row) => (
        <Button size="small" onClick={() => open(row)}>
          {text('row.open')}
        </Button>
      ),
    },
  ];
}

function useWhatAndWhy(): Column<SetAside>[] {
  const text = useText(stewardText);
  const { language } = useLanguage();
  return [
    {
      key: 'state',
      title: text('row.state'),
      cell: ({ state }) => <StatusTag tone={tones[state]}>{text(`row.${state}`)}</StatusTag>,
      text: ({ state }) => text(`row.${state}`),
    },
    wordColumn('kind', text('row.kind'), ({ kind }) => text(`row.${kind}`)),
    {
      key: 'feed',
      title: text('feed'),
      cell: ({ feed, reference }) => <FeedName feed={feed} below={<code className="cut">{reference}</code>} />,
      text: ({ feed }) => feed,
    },
    {
      key: 'line',
      title: text('row.line'),
      numeric: true,
      cell: ({ lineNumber }) => lineNumber,
      text: ({ lineNumber }) => lineNumber,
    },
    {
      key: 'reason',
      title: text('row.reason'),
      cell: (row) => (
        <>
          {row[language]}
          <p className="quiet">
            <code>{row.code}</code> {row.pointer}
          </p>
        </>
      ),
      text: (row) => `${row.code} ${row[language]}`,
    },
  ];
}
