import { Button, Drawer } from 'antd';
import { useState, type ReactNode } from 'react';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { type Column, DataTable } from '../parts/data-table.part.js';
import { ExportCsv } from '../parts/export-csv.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { ScoreItems } from './score-items.part.js';
import type { Score, Scores } from './score.query.js';
import { scoreText } from './score.text.js';
import { Trend } from './trend.part.js';

/** Rank and grade of everybody; the figures behind them for who may see them, a click away. */
export function Ranking({ scores, actions }: { scores: Scores; actions?: ReactNode }) {
  const text = useText(scoreText);
  const [opened, open] = useState<Score>();
  const { month, source, publishedAt, items } = scores;
  const columns = useColumns(
    open,
    items.some((score) => score.items !== null),
  );
  return (
    <Section
      title={text(publishedAt ? 'ranking.title' : 'ranking.draft', { month })}
      note={text('ranking.note', { source })}
      actions={
        <>
          {actions}
          <ExportCsv
            name={`service-${month}`}
            columns={columns}
            rows={() => Promise.resolve({ rows: items, cut: false })}
          />
        </>
      }
      flush
    >
      {items.length === 0 ? (
        <Empty why={text('ranking.none', { month })} />
      ) : (
        <DataTable
          caption={text('ranking.title', { month })}
          columns={columns}
          rows={items}
          rowKey={({ institutionCode }) => institutionCode}
        />
      )}
      <InFull score={opened} month={month} close={() => open(undefined)} />
    </Section>
  );
}

/** What the total of one bank is made of, and how it moved. */
function InFull({ score, month, close }: { score: Score | undefined; month: string; close: () => void }) {
  const text = useText(scoreText);
  return (
    <Drawer
      title={score ? text('items.of', { bank: score.institution, month }) : null}
      open={score !== undefined}
      onClose={close}
      size={760}
      destroyOnHidden
    >
      {score ? (
        <>
          <ScoreItems items={score.items ?? []} caption={text('items.title', { month })} />
          <Trend code={score.institutionCode} />
        </>
      ) : null}
    </Drawer>
  );
}

function useColumns(open: (score: Score) => void, inFull: boolean): Column<Score>[] {
  const text = useText(scoreText);
  const { data: me } = useMe();
  const ownCode = me?.organisation.code;
  const columns: Column<Score>[] = [
    {
      key: 'rank',
      title: text('rank'),
      numeric: true,
      width: 90,
      cell: ({ rank }) => rank ?? <span className="quiet">{text('unranked')}</span>,
      text: ({ rank }) => rank,
    },
    {
      key: 'bank',
      title: text('institution'),
      cell: ({ institution, institutionCode }) =>
        institutionCode === ownCode ? (
          <strong>
            {institution} · {text('own')}
          </strong>
        ) : (
          institution
        ),
      text: ({ institution }) => institution,
    },
    { key: 'grade', title: text('grade'), cell: ({ grade }) => grade ?? '—', text: ({ grade }) => grade },
  ];
  if (!inFull) return columns;
  return [
    ...columns,
    {
      key: 'total',
      title: text('total'),
      numeric: true,
      cell: ({ total }) => total ?? '—',
      text: ({ total }) => total,
    },
    {
      key: 'act',
      title: '',
      cell: (score) =>
        score.items ? (
          <Button size="small" onClick={() => open(score)}>
            {text('look')}
          </Button>
        ) : null,
    },
  ];
}
