import { useLanguage, useText } from '../frame/language.part.js';
import { DataTable } from '../parts/data-table.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import type { Evaluation } from './evaluation.query.js';
import { evaluationText } from './evaluation.text.js';

export const verdictTones: Readonly<Record<Evaluation['verdict'], Tone>> = {
  PASS: 'good',
  FAIL: 'bad',
  NEEDS_EXPERT: 'warn',
};

/** What a rule says about the figures: verdict and points, each condition, each indicator, and why in words. */
export function EvaluationResult({ evaluation, stale }: { evaluation: Evaluation | undefined; stale: boolean }) {
  const text = useText(evaluationText);
  const { language } = useLanguage();
  if (!evaluation) return <Empty why={text('waiting')} />;
  const { source, ruleSetVersion: version, asOf } = evaluation;
  return (
    <>
      {stale ? <p className="notice">{text('stale')}</p> : null}
      <Verdict evaluation={evaluation} />
      <h3 className="gap">{text('conditions')}</h3>
      <Conditions gates={evaluation.gates} />
      <h3 className="gap">{text('points')}</h3>
      <Points points={evaluation.points} />
      <h3 className="gap">{text('why')}</h3>
      <ul className="reasons">
        {evaluation.reasons.map((reason) => (
          <li key={reason.code}>{reason[language]}</li>
        ))}
      </ul>
      <p className="quiet gap">{text('version', { source, version, asOf })}</p>
    </>
  );
}

function Verdict({ evaluation: { verdict, route, total } }: { evaluation: Evaluation }) {
  const text = useText(evaluationText);
  return (
    <>
      <StatusTag tone={verdictTones[verdict]}>
        {text(`verdict.${verdict}`)}
        {route ? ` · ${text(`route.${route}`)}` : ''}
      </StatusTag>
      <p>
        {text('total')} <span className="tile-value figure">{total ?? text('noTotal')}</span>
      </p>
    </>
  );
}

function Conditions({ gates }: Pick<Evaluation, 'gates'>) {
  const text = useText(evaluationText);
  const nameOf = useNames('gate');
  const tones = { met: 'good', notMet: 'bad', notKnown: 'warn' } as const;
  return (
    <ul className="reasons">
      {Object.entries(gates).map(([gate, met]) => {
        const standing = met === null ? 'notKnown' : met ? 'met' : 'notMet';
        return (
          <li key={gate}>
            {nameOf(gate)} <StatusTag tone={tones[standing]}>{text(standing)}</StatusTag>
          </li>
        );
      })}
    </ul>
  );
}

function Points({ points }: Pick<Evaluation, 'points'>) {
  const text = useText(evaluationText);
  const nameOf = useNames('points');
  return (
    <DataTable
      caption={text('points')}
      columns={[
        { key: 'indicator', title: text('indicator'), cell: ([name]) => nameOf(name) },
        { key: 'points', title: text('points'), numeric: true, cell: ([, value]) => value ?? text('notKnown') },
      ]}
      rows={Object.entries(points)}
      rowKey={([name]) => name}
    />
  );
}

/** A condition or an indicator that has no words yet shows its own name. */
function useNames(kind: 'gate' | 'points') {
  const { language } = useLanguage();
  const words: Readonly<Record<string, string>> = evaluationText[language];
  return (name: string) => words[`${kind}.${name}`] ?? name;
}
