import { Button } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { instantText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useInvariants, type Invariants } from './watch.query.js';
import { watchText } from './watch.text.js';

type Invariant = Invariants['items'][number];

/** Recounted from the rows at the moment of asking; all are zero, or something is broken. */
export function InvariantTable() {
  const text = useText(watchText);
  const invariants = useInvariants();
  return (
    <Answer query={invariants} rows={12}>
      {(found) => (
        <Section
          title={text(found.violations === 0 ? 'invariants.good' : 'invariants.bad', { count: found.violations })}
          note={text('invariants.asOf', { at: instantText(found.asOf), took: Math.round(found.tookMs) })}
          actions={
            <Button size="small" loading={invariants.isFetching} onClick={() => void invariants.refetch()}>
              {text('invariants.again')}
            </Button>
          }
          flush
        >
          <DataTable
            caption={text('tab.invariants')}
            columns={useColumns()}
            rows={found.items}
            rowKey={({ code }) => code}
          />
        </Section>
      )}
    </Answer>
  );
}

function useColumns(): Column<Invariant>[] {
  const text = useText(watchText);
  const { language } = useLanguage();
  return [
    {
      key: 'says',
      title: text('invariants.says'),
      cell: ({ code, says, saysEn }) => (
        <>
          {language === 'zh' ? says : saysEn} <code className="quiet">{code}</code>
        </>
      ),
    },
    {
      key: 'violations',
      title: text('invariants.violations'),
      numeric: true,
      cell: ({ violations }) => <StatusTag tone={violations === 0 ? 'good' : 'bad'}>{String(violations)}</StatusTag>,
    },
    {
      key: 'sample',
      title: text('invariants.sample'),
      cell: ({ sample }) => (sample.length > 0 ? sample.map((id) => <code key={id}>{id} </code>) : '—'),
    },
  ];
}
