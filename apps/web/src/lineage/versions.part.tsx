import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { Money, When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { textOfField } from '../steward/field-text.rules.js';
import { changedFields } from './changed-fields.rules.js';
import { recordPath } from './lineage-path.rules.js';
import { useVersions, type RecordColumn, type RecordPlace, type RecordVersion } from './lineage.query.js';
import { lineageText } from './lineage.text.js';

/** How a record changed, newest first, each version with what it says otherwise than the one before. */
export function Versions({ place, shown }: { place: RecordPlace; shown: number }) {
  const text = useText(lineageText);
  const versions = useVersions(place);
  return (
    <Section title={text('versions.title')} note={text('versions.note')} flush>
      <Answer query={versions}>
        {({ items, columns }) => <VersionTable place={place} shown={shown} versions={items} columns={columns} />}
      </Answer>
    </Section>
  );
}

interface VersionTableProps {
  readonly place: RecordPlace;
  readonly shown: number;
  readonly versions: readonly RecordVersion[];
  readonly columns: readonly RecordColumn[];
}

function VersionTable({ place, shown, versions, columns }: VersionTableProps) {
  const text = useText(lineageText);
  const ops: Readonly<Record<string, string>> = { I: text('op.I'), U: text('op.U'), D: text('op.D') };
  const shape: Column<RecordVersion>[] = [
    {
      key: 'version',
      title: text('versions.version'),
      cell: ({ version }) =>
        version === shown ? (
          <strong aria-current="true">{text('version', { version })}</strong>
        ) : (
          <Link to={recordPath(place.feed, place.recordKey, version)}>{text('version', { version })}</Link>
        ),
    },
    {
      key: 'state',
      title: text('versions.state'),
      cell: ({ inForce, op }) => (
        <>
          <StatusTag tone={inForce ? 'good' : 'still'}>{text(inForce ? 'inForce' : 'replaced')}</StatusTag>
          <p className="quiet">{ops[op] ?? op}</p>
        </>
      ),
    },
    { key: 'event', title: text('versions.event'), cell: ({ eventDate }) => <When at={eventDate} /> },
    { key: 'report', title: text('versions.report'), cell: ({ reportDate }) => <When at={reportDate} /> },
    { key: 'received', title: text('versions.received'), cell: ({ receivedAt }) => <When at={receivedAt} /> },
    {
      key: 'changes',
      title: text('versions.changes'),
      cell: (version) => (
        <Changes
          after={version}
          before={versions.find((one) => one.version === version.version - 1)}
          columns={columns}
        />
      ),
    },
  ];
  return (
    <DataTable
      caption={text('versions.title')}
      columns={shape}
      rows={versions}
      rowKey={({ version }) => String(version)}
      rowClass={({ version }) => (version === shown ? 'chosen' : undefined)}
    />
  );
}

interface ChangesProps {
  readonly after: RecordVersion;
  readonly before: RecordVersion | undefined;
  readonly columns: readonly RecordColumn[];
}

function Changes({ after, before, columns }: ChangesProps) {
  const text = useText(lineageText);
  const changes = changedFields(
    columns.map(({ name }) => name),
    after.fields,
    before?.fields,
  );
  if (changes.length === 0) return <span className="quiet">{text('versions.same')}</span>;
  return (
    <ul className="changes">
      {changes.map(({ name, before: was, after: is }) => {
        const column = columns.find((one) => one.name === name);
        return (
          <li key={name}>
            <span className="quiet">{plainHeader(column?.header ?? name)}</span>{' '}
            {before ? (
              <>
                <del>
                  <FieldValue value={was} column={column} />
                </del>{' '}
              </>
            ) : null}
            <FieldValue value={is} column={column} />
          </li>
        );
      })}
    </ul>
  );
}

/** The source's unit stands in its header; what is shown has the unit of the portal. */
const plainHeader = (header: string): string => header.replace(/\((?:元|万元)\)$/, '');

export function FieldValue({ value, column }: { value: unknown; column: RecordColumn | undefined }) {
  const written = textOfField(value);
  if (written === '') return <span className="quiet">∅</span>;
  return column?.type === 'money' && /^-?\d+$/.test(written) ? <Money fen={written} /> : <>{written}</>;
}
