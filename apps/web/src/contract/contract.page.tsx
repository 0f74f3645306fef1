import { useParams } from 'react-router';

import { useFeedTitle } from '../client/feed-title.query.js';
import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { ExportCsv } from '../parts/export-csv.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Facts, Page, Section } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import {
  useContract,
  useContractVersions,
  type Contract,
  type ContractColumn,
  type ContractVersion,
} from './contract.query.js';
import { contractText } from './contract.text.js';

/** What a source has promised about a feed: what its files must look like, and how that changed. */
export function ContractPage() {
  const text = useText(contractText);
  const { feed = '' } = useParams();
  const contract = useContract(feed);
  const title = useFeedTitle()(feed);
  return (
    <Page title={text('title', { title })} question={text('question')}>
      <Answer query={contract} rows={10}>
        {(found) => (
          <>
            <Terms contract={found} />
            <Columns contract={found} />
          </>
        )}
      </Answer>
      <Versions feed={feed} />
    </Page>
  );
}

function Terms({ contract }: { contract: Contract }) {
  const text = useText(contractText);
  const { version, effectiveFrom, sourceName, basis, allowedUse, freshnessDays, retentionYears, afterRetention } =
    contract;
  const kept =
    retentionYears === null || afterRetention === null
      ? text('retention.open')
      : text('retention.years', { years: retentionYears, after: text(afterRetention) });
  return (
    <Section title={text('terms')} note={<code>{contract.feed}</code>}>
      <Facts
        items={[
          [text('source'), sourceName],
          [text('version'), text('since', { version, day: effectiveFrom })],
          [text('basis'), text(basis)],
          [text('promise'), text('promise.days', { days: freshnessDays })],
          [text('retention'), kept],
          [text('use'), <span lang="zh">{allowedUse}</span>],
        ]}
      />
    </Section>
  );
}

function Columns({ contract: { feed, columns } }: { contract: Contract }) {
  const text = useText(contractText);
  const shape = useColumnShape();
  return (
    <Section
      title={text('columns')}
      note={text('columns.note')}
      actions={
        <ExportCsv
          name={`contract-${feed}`}
          columns={shape}
          rows={() => Promise.resolve({ rows: columns, cut: false })}
        />
      }
      flush
    >
      <DataTable caption={text('columns')} columns={shape} rows={columns} rowKey={({ name }) => name} />
    </Section>
  );
}

function useColumnShape(): Column<ContractColumn>[] {
  const text = useText(contractText);
  const { language } = useLanguage();
  const listing = useListing();
  const words: Readonly<Record<string, string>> = contractText[language];
  const type = ({ type: of, unit, measure }: ContractColumn) =>
    [words[`type.${of}`] ?? of, unit === null ? measure : (words[`unit.${unit}`] ?? unit)].filter(Boolean).join(' · ');
  const required = (column: ContractColumn) =>
    text(column.required ? 'required.yes' : column.mayBeAbsent ? 'required.absent' : 'required.no');
  return [
    wordColumn('header', text('header'), ({ header }) => header),
    { key: 'name', title: text('name'), cell: ({ name }) => <code>{name}</code>, text: ({ name }) => name },
    wordColumn('type', text('type'), type),
    wordColumn('required', text('required'), required),
    wordColumn('codes', text('codes'), ({ codes }) => listing(codes) || '—'),
    wordColumn('subject', text('subject'), ({ subject }) => text(`subject.${subject}`)),
  ];
}

const tones = { ADDITIVE: 'good', BREAKING: 'bad', NEUTRAL: 'still' } as const satisfies Record<string, Tone>;

function Versions({ feed }: { feed: string }) {
  const text = useText(contractText);
  const { language } = useLanguage();
  const versions = useContractVersions(feed);
  const columns: Column<ContractVersion>[] = [
    wordColumn('version', text('version'), ({ version, revision }) => `${version}.${revision}`),
    { key: 'at', title: text('versions.at'), cell: ({ registeredAt }) => <When at={registeredAt} /> },
    {
      key: 'batches',
      title: text('versions.batches'),
      numeric: true,
      cell: ({ batches }) => countText(batches),
    },
    {
      key: 'changes',
      title: text('versions.changes'),
      cell: ({ changes }) =>
        changes.length === 0 ? (
          <span className="quiet">{text('versions.first')}</span>
        ) : (
          <ul className="changes">
            {changes.map((change) => (
              <li key={change.path + change.en}>
                <StatusTag tone={tones[change.kind]}>{text(change.kind)}</StatusTag> {change[language]}
              </li>
            ))}
          </ul>
        ),
    },
  ];
  return (
    <Section title={text('versions')} note={text('versions.note')} flush>
      <Answer query={versions}>
        {({ items }) => (
          <DataTable
            caption={text('versions')}
            columns={columns}
            rows={items}
            rowKey={({ version, revision }) => `${version} ${revision}`}
          />
        )}
      </Answer>
    </Section>
  );
}
