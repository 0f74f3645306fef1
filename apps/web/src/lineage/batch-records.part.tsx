import { Input } from 'antd';
import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { FilterBar } from '../parts/filter-bar.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { recordPath } from './lineage-path.rules.js';
import { loadBrought, type Brought } from './lineage.query.js';
import { lineageText } from './lineage.text.js';

/** What a delivery became, in the order of its rows; one row is found by its number. */
export function BatchRecords({ id, feed }: { id: string; feed: string }) {
  const text = useText(lineageText);
  const { get, set } = useUrl();
  const line = Number(get('line')) || undefined;
  return (
    <>
      <FilterBar keys={['line']}>
        <Input.Search
          key={line}
          aria-label={text('brought.line')}
          placeholder={text('brought.line')}
          inputMode="numeric"
          defaultValue={line}
          maxLength={9}
          style={{ width: 200 }}
          onSearch={(typed) => set({ line: /^[1-9]\d*$/.test(typed.trim()) ? typed.trim() : undefined })}
        />
      </FilterBar>
      <Section title={text('brought.title')} note={text('brought.note')} flush>
        <CursorTable
          caption={text('brought.title')}
          name={['lineage', 'brought', id, line]}
          load={loadBrought(id, line)}
          columns={useColumns(feed)}
          rowKey={({ lineNumber }) => String(lineNumber)}
          empty={<Empty why={text(line === undefined ? 'brought.none' : 'brought.noneOfLine')} />}
          exportName="batch-records"
        />
      </Section>
    </>
  );
}

function useColumns(feed: string): Column<Brought>[] {
  const text = useText(lineageText);
  const ops: Readonly<Record<string, string>> = { I: text('op.I'), U: text('op.U'), D: text('op.D') };
  return [
    {
      key: 'line',
      title: text('flow.row'),
      numeric: true,
      width: 90,
      cell: ({ lineNumber }) => lineNumber,
      text: ({ lineNumber }) => lineNumber,
    },
    {
      key: 'record',
      title: text('key'),
      cell: ({ recordKey, version }) => (
        <Link to={recordPath(feed, recordKey, version)}>
          <code>{recordKey}</code>
        </Link>
      ),
      text: ({ recordKey }) => recordKey,
    },
    {
      key: 'version',
      title: text('versions.version'),
      cell: ({ version, op }) => `${text('version', { version })} · ${ops[op] ?? op}`,
      text: ({ version }) => version,
    },
    {
      key: 'state',
      title: text('versions.state'),
      cell: ({ inForce }) => (
        <StatusTag tone={inForce ? 'good' : 'still'}>{text(inForce ? 'inForce' : 'replaced')}</StatusTag>
      ),
      text: ({ inForce }) => text(inForce ? 'inForce' : 'replaced'),
    },
  ];
}
