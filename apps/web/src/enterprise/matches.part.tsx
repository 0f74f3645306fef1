import { useLanguage, useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { rateText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { loadMatches, type Match } from './need-work.query.js';
import { needWorkText } from './need-work.text.js';

const tones: Record<Match['outcome'], Tone> = { FITS: 'good', OPEN: 'warn', NOT: 'still' };

/** Which products fit the need, each with its reasons. */
export function Matches({ needId }: { needId: string }) {
  const text = useText(needWorkText);
  return (
    <Section title={text('match.title')} note={text('match.note')} flush>
      <CursorTable
        caption={text('match.title')}
        name={['matches', needId]}
        load={loadMatches(needId)}
        columns={useColumns()}
        rowKey={({ productId }) => productId}
        empty={<Empty why={text('match.none')} />}
      />
    </Section>
  );
}

function useColumns(): Column<Match>[] {
  const text = useText(needWorkText);
  return [
    { key: 'bank', title: text('match.bank'), cell: ({ institution }) => institution.name },
    { key: 'product', title: text('match.product'), cell: ({ productName }) => productName },
    {
      key: 'outcome',
      title: text('match.outcome'),
      cell: ({ outcome }) => <StatusTag tone={tones[outcome]}>{text(`match.${outcome}`)}</StatusTag>,
    },
    { key: 'points', title: text('match.points'), numeric: true, cell: ({ points }) => points },
    {
      key: 'rate',
      title: text('match.rate'),
      numeric: true,
      cell: ({ annualRateBpMin, annualRateBpMax }) => `${rateText(annualRateBpMin)} – ${rateText(annualRateBpMax)}`,
    },
    { key: 'why', title: text('match.for'), cell: ({ reasonsFor }) => <ForIt checks={reasonsFor} /> },
    {
      key: 'whyNot',
      title: text('match.against'),
      cell: ({ reasonsAgainst, unknown }) => (
        <>
          <Reasons checks={reasonsAgainst} />
          {unknown.length > 0 ? <p className="quiet">{text('match.unknown')}</p> : null}
          <Reasons checks={unknown} />
        </>
      ),
    },
  ];
}

/** What fits is a number until somebody asks; what does not is always there to read. */
function ForIt({ checks }: { checks: Match['reasonsFor'] }) {
  const text = useText(needWorkText);
  if (checks.length === 0) return '—';
  return (
    <details>
      <summary>{text('match.holds', { count: checks.length })}</summary>
      <Reasons checks={checks} />
    </details>
  );
}

function Reasons({ checks }: { checks: Match['reasonsFor'] }) {
  const { language } = useLanguage();
  if (checks.length === 0) return null;
  return (
    <ul className="reasons">
      {checks.map((check, index) => (
        <li key={`${check.code} ${index}`}>{check[language]}</li>
      ))}
    </ul>
  );
}
