import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { CursorTable, type Load } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { recordPath } from './lineage-path.rules.js';
import { loadReport, loadScore, type RestsOn, type ScorePlace } from './lineage.query.js';
import { lineageText } from './lineage.text.js';
import { useWhat } from './what-rests.part.js';

/** The records that a score, or one indicator of it, rests on. */
export function ScoreTrace({ place }: { place: ScorePlace }) {
  const text = useText(lineageText);
  const title = place.code === undefined ? text('score.title') : text('score.ofOne');
  return (
    <RestsOnTable
      title={title}
      note={text(place.scoreId === undefined ? 'score.latest' : 'score.older')}
      name={['lineage', 'score', place]}
      load={loadScore(place)}
    />
  );
}

/** The records that the lines of a report rest on. */
export function ReportTrace({ queryId }: { queryId: string }) {
  const text = useText(lineageText);
  return (
    <RestsOnTable
      title={text('report.title')}
      note={text('report.note')}
      name={['lineage', 'report', queryId]}
      load={loadReport(queryId)}
    />
  );
}

interface RestsOnTableProps {
  readonly title: string;
  readonly note: string;
  readonly name: readonly unknown[];
  readonly load: Load<RestsOn>;
}

function RestsOnTable({ title, note, name, load }: RestsOnTableProps) {
  const text = useText(lineageText);
  const { data: me } = useMe();
  const worker = me?.organisation.kind === 'operator';
  return (
    <Section title={title} note={note} flush>
      <CursorTable
        caption={title}
        name={name}
        load={load}
        columns={useColumns(worker)}
        rowKey={({ kind, code, feed, recordKey, version, lineNumber }) =>
          [kind, code, feed, recordKey, version, lineNumber].join(' ')
        }
        empty={<Empty why={text('restsOn.none')} />}
        exportName="lineage"
      />
    </Section>
  );
}

function useColumns(worker: boolean): Column<RestsOn>[] {
  const text = useText(lineageText);
  const what = useWhat();
  return [
    wordColumn('kind', text('uses.kind'), ({ kind }) => text(`kind.${kind}`)),
    wordColumn('what', text('uses.what'), what),
    wordColumn('feed', text('feed'), ({ feed, feedTitle }) => feedTitle ?? feed),
    {
      key: 'record',
      title: text('flow.record'),
      cell: ({ feed, recordKey, version }) =>
        recordKey === '***' ? (
          <span className="quiet">{text('restsOn.masked')}</span>
        ) : (
          <Link to={recordPath(feed, recordKey, version)}>
            <code>{recordKey}</code> · {text('version', { version })}
          </Link>
        ),
      text: ({ recordKey }) => recordKey,
    },
    {
      key: 'batch',
      title: text('restsOn.row'),
      cell: ({ batchId, batchReference, lineNumber }) => {
        if (batchId === null || lineNumber === null) return <span className="quiet">—</span>;
        const reference = <code className="cut">{batchReference ?? text('flow.noBatch')}</code>;
        const linked = worker && batchReference !== null;
        return (
          <>
            {linked ? <Link to={`/operator/batches/${batchId}`}>{reference}</Link> : reference}
            <p className="quiet">{text('flow.line', { line: lineNumber })}</p>
          </>
        );
      },
      text: ({ batchReference, lineNumber }) => `${batchReference ?? ''} ${lineNumber ?? ''}`.trim(),
    },
    { key: 'at', title: text('uses.at'), cell: ({ at }) => <When at={at} />, text: ({ at }) => at },
  ];
}
