import { Link } from 'react-router';

import { useFeedTitle } from '../client/feed-title.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { scorePath } from '../lineage/lineage-path.rules.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { ExportCsv } from '../parts/export-csv.part.js';
import { When } from '../parts/figures.part.js';
import { countText, moneyText, rateText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { Dimensions } from './dimensions.part.js';
import type { Indicator, Portrait, RuleSetResult } from './portrait.query.js';
import { portraitText } from './portrait.text.js';
import { Standing } from './standing.part.js';

/** What an enterprise is, with the source of every figure; the same for the enterprise and for a bank that may look. */
export function PortraitView({ portrait, traced = false }: { portrait: Portrait; traced?: boolean }) {
  const text = useText(portraitText);
  return (
    <>
      {portrait.partial ? <p className="notice">{text('partial')}</p> : null}
      <div className="columns">
        <Standing portrait={portrait} />
        <Dimensions portrait={portrait} />
      </div>
      {portrait.ruleSets.map((result) => (
        <RuleSet key={result.ruleSet} result={result} />
      ))}
      <Indicators portrait={portrait} traced={traced} />
    </>
  );
}

const tones = { PASS: 'good', FAIL: 'warn', NEEDS_EXPERT: 'busy' } as const;

function RuleSet({ result }: { result: RuleSetResult }) {
  const text = useText(portraitText);
  const { language } = useLanguage();
  const name = result.ruleSet === 'technology-sme' ? text('technology-sme') : result.ruleSet;
  const total = result.total === null ? text('noTotal') : text('total', { total: result.total });
  return (
    <Section
      title={`${text('rules')} · ${name}`}
      note={`${total} · ${text('version')} ${result.version}`}
      actions={<StatusTag tone={tones[result.verdict]}>{text(`verdict.${result.verdict}`)}</StatusTag>}
    >
      <ul className="reasons">
        {result.reasons.map((reason) => (
          <li key={reason.code}>{reason[language]}</li>
        ))}
      </ul>
    </Section>
  );
}

/** `traced`: whoever looks may follow an indicator back to its records. */
function Indicators({ portrait, traced }: { portrait: Portrait; traced: boolean }) {
  const text = useText(portraitText);
  const columns = useColumns(traced ? portrait.uscc : null);
  const rows = portrait.indicators;
  return (
    <Section
      title={text('indicators')}
      note={text('model', { version: portrait.modelVersion })}
      actions={<ExportCsv name="indicators" columns={columns} rows={() => Promise.resolve({ rows, cut: false })} />}
      flush
    >
      <DataTable caption={text('indicators')} columns={columns} rows={rows} rowKey={({ code }) => code} />
    </Section>
  );
}

/** A figure in the words of its unit; levels and counts speak for themselves. */
function useFigure() {
  const text = useText(portraitText);
  const { language } = useLanguage();
  return ({ value, unit }: Indicator): string => {
    if (value === null) return text('unknown');
    if (unit === 'FEN') return moneyText(String(value), language);
    if (unit === 'BP') return rateText(Number(value));
    return unit === 'MONTHS' ? text('months', { months: value }) : countText(Number(value));
  };
}

function useColumns(tracedOf: string | null): Column<Indicator>[] {
  const text = useText(portraitText);
  const { language } = useLanguage();
  const figure = useFigure();
  const titleOf = useFeedTitle();
  return [
    { key: 'name', title: text('indicator'), cell: (one) => one[language], text: (one) => one[language] },
    {
      key: 'value',
      title: text('value'),
      numeric: true,
      cell: (one) => <span className={one.value === null ? 'quiet' : undefined}>{figure(one)}</span>,
      text: figure,
    },
    {
      key: 'source',
      title: text('source'),
      cell: ({ source }) => titleOf(source),
      text: ({ source }) => titleOf(source),
    },
    { key: 'asOf', title: text('asOf'), cell: ({ asOf }) => <When at={asOf} />, text: ({ asOf }) => asOf },
    {
      key: 'version',
      title: text('recordVersion'),
      numeric: true,
      cell: ({ recordVersion }) => recordVersion ?? '—',
      text: ({ recordVersion }) => recordVersion,
    },
    ...(tracedOf === null ? [] : [tracing(tracedOf, text('trace'))]),
  ];
}

/** From an indicator to the records that it rests on; what rests on none leads nowhere. */
const tracing = (uscc: string, word: string): Column<Indicator> => ({
  key: 'act',
  title: '',
  cell: ({ code, recordKey }) => (recordKey === null ? null : <Link to={scorePath(uscc, { code })}>{word}</Link>),
});
