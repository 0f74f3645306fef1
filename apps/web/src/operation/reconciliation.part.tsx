import { App, Button, Drawer } from 'antd';
import { useState } from 'react';

import { useInstitutionName } from '../client/institution.query.js';
import { useListing, useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { loadRebuilds, loadReconciliations, useRebuild, type Rebuild, type Reconciliation } from './upkeep.query.js';
import { upkeepText } from './upkeep.text.js';

type Difference = Reconciliation['differences'][number];

/** Whether what regulators see adds up with what the services hold, and counting it anew when it does not. */
export function Sums() {
  return (
    <>
      <Reconciliations />
      <Rebuilds />
    </>
  );
}

function Reconciliations() {
  const text = useText(upkeepText);
  const [open, setOpen] = useState<Reconciliation>();
  const outcome = ({ status, differenceCount }: Reconciliation) =>
    status === 'EQUAL' ? text('sums.EQUAL') : text('sums.DIFFERENT', { count: differenceCount });
  const columns: Column<Reconciliation>[] = [
    {
      key: 'status',
      title: text('sums.status'),
      cell: (one) => <StatusTag tone={one.status === 'EQUAL' ? 'good' : 'bad'}>{outcome(one)}</StatusTag>,
      text: outcome,
    },
    { key: 'at', title: text('sums.at'), cell: ({ at }) => <When at={at} />, text: ({ at }) => at },
    { key: 'upTo', title: text('sums.upTo'), cell: ({ upTo }) => <When at={upTo} />, text: ({ upTo }) => upTo },
    {
      key: 'cells',
      title: text('sums.cells'),
      numeric: true,
      cell: ({ cells }) => countText(cells),
      text: ({ cells }) => cells,
    },
    {
      key: 'act',
      title: '',
      cell: (one) =>
        one.differences.length > 0 ? (
          <Button size="small" onClick={() => setOpen(one)}>
            {text('sums.look')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Section title={text('sums.title')} note={text('sums.note')} flush>
      <CursorTable
        caption={text('sums.title')}
        name={['supervision', 'reconciliations']}
        load={loadReconciliations}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<Empty why={text('sums.none')} />}
        exportName="reconciliations"
      />
      <Drawer title={text('sums.difference')} open={open !== undefined} onClose={() => setOpen(undefined)} size={760}>
        {open ? <Differences differences={open.differences} /> : null}
      </Drawer>
    </Section>
  );
}

function Differences({ differences }: { differences: readonly Difference[] }) {
  const text = useText(upkeepText);
  const word = useWord();
  const nameOf = useInstitutionName();
  const listing = useListing();
  const place = ({ month, district, industry, tier, institution, detail }: Difference) =>
    listing(
      [
        month,
        district && word('district', district),
        industry && word('industry', industry),
        tier && word('tier', tier),
        institution && nameOf(institution),
        detail,
      ].filter((part): part is string => part !== null && part !== ''),
    );
  const columns: Column<Difference>[] = [
    wordColumn('check', text('sums.status'), ({ check }) => text(`sums.${check}`)),
    { key: 'kind', title: text('delivery.what'), cell: ({ kind }) => <code>{kind}</code> },
    wordColumn('where', text('sums.where'), place),
    {
      key: 'expected',
      title: text('sums.expected'),
      numeric: true,
      cell: ({ expectedCount }) => countText(expectedCount),
    },
    { key: 'counted', title: text('sums.counted'), numeric: true, cell: ({ countedCount }) => countText(countedCount) },
  ];
  return (
    <DataTable
      caption={text('sums.difference')}
      columns={columns}
      rows={differences}
      rowKey={(one) => JSON.stringify(one)}
    />
  );
}

function Rebuilds() {
  const text = useText(upkeepText);
  const { message } = App.useApp();
  const rebuild = useRebuild();
  const ask = async (reason: string) => {
    await rebuild.mutateAsync(reason);
    message.success(text('rebuild.done'));
  };
  const columns: Column<Rebuild>[] = [
    {
      key: 'status',
      title: text('rebuild.status'),
      cell: ({ status }) => (
        <StatusTag tone={status === 'DONE' ? 'good' : 'busy'}>{text(`rebuild.${status}`)}</StatusTag>
      ),
    },
    { key: 'at', title: text('rebuild.at'), cell: ({ requestedAt }) => <When at={requestedAt} /> },
    { key: 'done', title: text('rebuild.doneAt'), cell: ({ doneAt }) => <When at={doneAt} /> },
    {
      key: 'facts',
      title: text('rebuild.facts'),
      numeric: true,
      cell: ({ facts }) => (facts === null ? '—' : countText(facts)),
    },
    wordColumn('reason', text('rebuild.reason'), ({ reason }) => reason),
  ];
  return (
    <Section
      title={text('rebuilds.title')}
      note={text('rebuilds.note')}
      actions={<ActWithNote label={text('rebuild.ask')} what={<p>{text('rebuild.what')}</p>} act={ask} of={rebuild} />}
      flush
    >
      <CursorTable
        caption={text('rebuilds.title')}
        name={['supervision', 'rebuilds']}
        load={loadRebuilds}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<Empty why={text('rebuilds.none')} />}
      />
    </Section>
  );
}
