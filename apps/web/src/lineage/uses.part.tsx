import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { reportPath, scorePath } from './lineage-path.rules.js';
import { loadUses, type RecordPlace, type Use } from './lineage.query.js';
import { lineageText } from './lineage.text.js';
import { useWhat } from './what-rests.part.js';

/** From a record on: every indicator, figure and line of a report that rests on it. */
export function Uses({ place, uscc }: { place: RecordPlace; uscc: string }) {
  const text = useText(lineageText);
  return (
    <Section
      title={text('uses.title')}
      note={place.version === undefined ? text('uses.note') : text('uses.ofVersion', { version: place.version })}
      flush
    >
      <CursorTable
        caption={text('uses.title')}
        name={['lineage', 'uses', place]}
        load={loadUses(place)}
        columns={useColumns(uscc)}
        rowKey={({ kind, id, code, version: of }) => `${kind} ${id} ${code} ${of}`}
        empty={<Empty why={text('uses.none')} />}
        exportName="lineage-uses"
      />
    </Section>
  );
}

function useColumns(uscc: string): Column<Use>[] {
  const text = useText(lineageText);
  const { data: me } = useMe();
  const seesScores = me?.organisation.kind !== 'source';
  const what = useWhat();
  return [
    wordColumn('kind', text('uses.kind'), ({ kind }) => text(`kind.${kind}`)),
    wordColumn('what', text('uses.what'), what),
    {
      key: 'where',
      title: text('uses.where'),
      cell: ({ kind, id }) => {
        const report = kind === 'REPORT_LINE';
        const words = text(report ? 'uses.report' : 'uses.score');
        return seesScores ? <Link to={report ? reportPath(id) : scorePath(uscc, { score: id })}>{words}</Link> : words;
      },
      text: ({ id }) => id,
    },
    { key: 'at', title: text('uses.at'), cell: ({ at }) => <When at={at} />, text: ({ at }) => at },
    {
      key: 'version',
      title: text('recordVersion'),
      numeric: true,
      cell: ({ version }) => version,
      text: ({ version }) => version,
    },
  ];
}
