import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { reportPath } from '../lineage/lineage-path.rules.js';
import { Code } from '../parts/code.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Empty, useCodeWords } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { loadAttempts, useSigningDays, type Attempt } from './consent.query.js';
import { consentText } from './consent.text.js';

export function ReadsPage() {
  const text = useText(consentText);
  const title = useText(frameText)('enterprise.reads');
  return (
    <Page title={title} question={text('reads.question')}>
      <Section title={title} flush>
        <CursorTable
          caption={title}
          name={['reads']}
          load={loadAttempts}
          columns={useColumns()}
          rowKey={({ id, at }) => id + at}
          empty={<Empty why={text('reads.none')} />}
          exportName="who-asked"
        />
      </Section>
    </Page>
  );
}

function useColumns(): Column<Attempt>[] {
  const text = useText(consentText);
  const word = useWord();
  const wordsOf = useCodeWords();
  const { language } = useLanguage();
  const words: Readonly<Record<string, string>> = consentText[language];
  const who = ({ institution }: Attempt) => institution.name ?? institution.code;
  const what = ({ act }: Attempt) => words[`act.${act}`] ?? act;
  return [
    { key: 'at', title: text('reads.at'), cell: ({ at }) => <When at={at} />, text: ({ at }) => at },
    { key: 'who', title: text('reads.who'), cell: who, text: who },
    { key: 'what', title: text('reads.what'), cell: what, text: what },
    {
      key: 'purpose',
      title: text('reads.purpose'),
      cell: ({ purpose }) => word('purpose', purpose),
      text: ({ purpose }) => word('purpose', purpose),
    },
    {
      key: 'outcome',
      title: text('reads.outcome'),
      cell: ({ outcome, code }) =>
        outcome === 'SERVED' ? (
          <StatusTag tone="good">{text('reads.served')}</StatusTag>
        ) : (
          <span className="stacked">
            <StatusTag tone="bad">{text('reads.refused')}</StatusTag>
            <span className="quiet">{code ? wordsOf(code, code) : null}</span>
          </span>
        ),
      text: ({ outcome, code }) => code ?? outcome,
    },
    {
      key: 'authorisation',
      title: text('reads.authorisation'),
      cell: ({ authorisationId }) => <Ground authorisationId={authorisationId} />,
      text: ({ authorisationId }) => authorisationId,
    },
    {
      key: 'act',
      title: '',
      cell: ({ id, act, outcome }) =>
        act === 'CREDIT_REPORT' && outcome === 'SERVED' ? <Link to={reportPath(id)}>{text('reads.trace')}</Link> : null,
    },
  ];
}

/** By the day on which it was signed, which is how people know an authorisation. */
function Ground({ authorisationId }: { authorisationId: string | null }) {
  const text = useText(consentText);
  const { data: days } = useSigningDays();
  if (!authorisationId) return <span className="quiet">—</span>;
  const day = days?.get(authorisationId);
  if (day === undefined) return <Code value={authorisationId.slice(-12)} />;
  return <Link to="/enterprise/authorisations">{text('reads.signedOn', { day })}</Link>;
}
