import { useInstitutionName } from '../client/institution.query.js';
import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { DataTable } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Facts, Section } from '../parts/page.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { ReceiptSheet } from './receipt.part.js';
import { ReportItems } from './report-items.part.js';
import type { Queried, Report } from './report.query.js';
import { reportText } from './report.text.js';

/** Cover, overview, sections, sources, receipt: in the order in which a credit officer reads. */
export function ReportSheet({ queried: { report, receipt } }: { queried: Queried }) {
  const text = useText(reportText);
  return (
    <article>
      <Cover report={report} />
      <Tiles>
        <Tile label={text('records')} value={report.overview.records} />
        <Tile label={text('positive')} value={report.overview.positive} />
        <Tile label={text('negative')} value={report.overview.negative} />
        <Tile label={text('score')} value={report.overview.score ?? text('noScore')} />
      </Tiles>
      {report.sections.map((section) => (
        <Section
          key={section.code}
          title={section.title}
          note={section.items.length > 0 ? text('count', { count: section.items.length }) : text('none')}
          flush
        >
          <ReportItems items={section.items} sources={report.sources} />
        </Section>
      ))}
      <Sources report={report} />
      <ReceiptSheet receipt={receipt} />
    </article>
  );
}

function Cover({ report: { cover } }: { report: Report }) {
  const nameOf = useInstitutionName();
  const text = useText(reportText);
  const word = useWord();
  return (
    <Section title={`${text('title')} · ${cover.name ?? cover.uscc}`}>
      <Facts
        items={[
          [text('number'), <Code value={cover.number} />],
          [text('at'), <When at={cover.at} />],
          [text('institution'), nameOf(cover.institution)],
          [text('purpose'), word('purpose', cover.purpose)],
          [text('authorisation'), <Code value={cover.authorisationId} />],
        ]}
      />
      <ul className="reasons gap quiet">
        {cover.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Section>
  );
}

function Sources({ report }: { report: Report }) {
  const text = useText(reportText);
  return (
    <Section title={text('sources')} flush>
      <DataTable
        caption={text('sources')}
        rows={report.sources}
        rowKey={({ feed }) => feed}
        columns={[
          { key: 'feed', title: text('feed'), cell: ({ title }) => title },
          { key: 'source', title: text('source'), cell: ({ sourceName }) => sourceName },
          { key: 'held', title: text('held'), numeric: true, cell: ({ records }) => records },
          { key: 'latest', title: text('latest'), cell: ({ latestEventDate }) => <When at={latestEventDate} /> },
          { key: 'reported', title: text('reported'), cell: ({ latestReportDate }) => <When at={latestReportDate} /> },
        ]}
      />
    </Section>
  );
}
