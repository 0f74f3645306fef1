import { useParams } from 'react-router';

import { useFeedTitle } from '../client/feed-title.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { BatchRecords } from '../lineage/batch-records.part.js';
import { ReplayBatch } from '../operation/replay-batch.part.js';
import { Code } from '../parts/code.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Facts, Page, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { BatchBar } from './batch-bar.part.js';
import { isRunning, loadSetAside, useBatch, type Batch, type SetAside } from './batch.query.js';
import { BatchStatusTag } from './batches.page.js';
import { operatorText } from './operator.text.js';
import { RawRow } from './raw-row.part.js';

export function BatchPage() {
  const text = useText(operatorText);
  const { id = '' } = useParams();
  const batch = useBatch(id);
  return (
    <Page title={`${text('batch.title')} ${batch.data?.reference ?? ''}`} question={text('batch.question')}>
      <Answer query={batch}>{(found) => <BatchView batch={found} />}</Answer>
    </Page>
  );
}

function BatchView({ batch }: { batch: Batch }) {
  const text = useText(operatorText);
  const titleOf = useFeedTitle();
  return (
    <>
      <Section title={titleOf(batch.feed)} note={<code>{batch.feed}</code>} actions={<BatchActs batch={batch} />}>
        {batch.problem ? <Failure problem={batch.problem} /> : null}
        <BatchBar batch={batch} legend />
        <div className="gap">
          <Facts
            items={[
              [text('batch.read'), <span className="figure">{countText(batch.read)}</span>],
              [text('batch.throughput'), batch.rowsPerSecond === null ? '—' : countText(batch.rowsPerSecond)],
              [text('batch.reference'), <Code value={batch.reference} />],
              [text('batch.received'), <When at={batch.receivedAt} />],
              ['SHA-256', <Code value={batch.sha256.slice(0, 16)} />],
            ]}
          />
        </div>
      </Section>
      <Tabs
        label={text('batch.title')}
        names={['rows', 'records']}
        title={(name) => text(`batch.${name}`)}
        clears={['line']}
      >
        {(name) => (name === 'rows' ? <SetAsideOf batch={batch} /> : <BatchRecords id={batch.id} feed={batch.feed} />)}
      </Tabs>
    </>
  );
}

function BatchActs({ batch }: { batch: Batch }) {
  return (
    <>
      <BatchStatusTag status={batch.status} />
      {isRunning(batch) ? null : <ReplayBatch id={batch.id} />}
    </>
  );
}

function SetAsideOf({ batch }: { batch: Batch }) {
  const text = useText(operatorText);
  const sheet =
    batch.quarantined + batch.refused > 0 ? (
      <a href={`/api/ingestion/batches/${batch.id}/quarantine/export`} download={`quarantine-${batch.reference}.csv`}>
        {text('batch.sheet')}
      </a>
    ) : null;
  return (
    <Section title={text('batch.rows')} actions={sheet} flush>
      <CursorTable
        caption={text('batch.rows')}
        name={['set-aside', batch.id, batch.status]}
        load={loadSetAside(batch.id, undefined)}
        columns={useColumns()}
        rowKey={({ lineNumber }) => String(lineNumber)}
        empty={<Empty why={text('batch.rowsNone')} />}
      />
    </Section>
  );
}

function Failure({ problem }: { problem: NonNullable<Batch['problem']> }) {
  const text = useText(operatorText);
  const { language } = useLanguage();
  return (
    <div className="problem" role="alert">
      <div>
        <strong>{text('batch.failure')}</strong>
        <p>{problem[language]}</p>
        <p className="marks">
          <code>{problem.code}</code>
          {problem.line === null ? '' : ` · ${text('row.line')} ${problem.line}`}
        </p>
      </div>
    </div>
  );
}

function useColumns(): Column<SetAside>[] {
  const text = useText(operatorText);
  const { language } = useLanguage();
  const kind = (row: SetAside) => text(row.kind === 'REFUSED' ? 'batch.refused' : 'batch.quarantined');
  return [
    {
      key: 'line',
      title: text('row.line'),
      numeric: true,
      width: 70,
      cell: ({ lineNumber }) => lineNumber,
      text: ({ lineNumber }) => lineNumber,
    },
    {
      key: 'kind',
      title: text('row.kind'),
      cell: (row) => <StatusTag tone={row.kind === 'REFUSED' ? 'bad' : 'warn'}>{kind(row)}</StatusTag>,
      text: kind,
    },
    {
      key: 'reason',
      title: text('row.reason'),
      cell: (row) => (
        <>
          {row[language]}
          <p className="quiet">
            <code>{row.code}</code>
          </p>
        </>
      ),
      text: (row) => `${row.code} ${row[language]}`,
    },
    {
      key: 'cell',
      title: text('row.cell'),
      cell: ({ pointer }) => <code>{pointer || '—'}</code>,
      text: ({ pointer }) => pointer,
    },
    { key: 'raw', title: text('row.raw'), cell: (row) => <RawRow row={row} />, text: ({ raw }) => raw },
  ];
}
