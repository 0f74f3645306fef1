import { Form } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useRef, useState } from 'react';
import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { useListing, useText } from '../frame/language.part.js';
import { dayOf } from '../parts/format.rules.js';
import { Page, Section } from '../parts/page.part.js';
import { ProblemView, Skeleton } from '../parts/states.part.js';
import { usePortrait, type Portrait, type RuleSetResult } from '../portrait/portrait.query.js';
import { EvaluationResult } from './evaluation-result.part.js';
import { useEvaluation, type Question } from './evaluation.query.js';
import { evaluationText } from './evaluation.text.js';
import { FigureForm } from './figure-form.part.js';
import { differing, recordedOf, ruleSetCodes, type Figures, type RuleSetCode } from './figures.rules.js';

/** An official rule on the enterprise's own figures: nothing of it is kept. */
export function EvaluationPage() {
  const text = useText(evaluationText);
  const { data: me } = useMe();
  const portrait = usePortrait(me?.organisation.uscc);
  const ruleSet = ruleSetCodes[0]!;
  return (
    <Page
      title={text('title')}
      question={text('question')}
      actions={<Link to="/enterprise/portrait">{text('back')}</Link>}
    >
      <p className="notice">{text('private')}</p>
      {portrait.isLoading ? <Skeleton rows={12} /> : <Trial key={ruleSet} ruleSet={ruleSet} portrait={portrait.data} />}
    </Page>
  );
}

interface TrialFields extends Figures {
  readonly asOf: Dayjs;
}

function Trial({ ruleSet, portrait }: { ruleSet: RuleSetCode; portrait: Portrait | undefined }) {
  const text = useText(evaluationText);
  const onRecord = portrait?.ruleSets.find((result) => result.ruleSet === ruleSet);
  const recorded = recordedOf(ruleSet, onRecord?.figures ?? []);
  const [start] = useState<TrialFields>(() => ({ ...recorded, asOf: dayjs(dayOf(new Date())) }));
  const [form] = Form.useForm<TrialFields>();
  const [typed, type] = useState<TrialFields>(start);
  const evaluation = useEvaluation();
  const result = useRef<HTMLDivElement>(null);
  const question = questionOf(ruleSet, typed);
  const run = () => evaluation.mutate(question, { onSuccess: () => result.current?.focus() });
  const reset = () => {
    form.resetFields(); // and not the values alone: a field may show what it could not read
    type(start);
  };
  return (
    <div className="columns">
      <Section title={text('figures')} note={text(`set.${ruleSet}`)}>
        <FigureForm
          form={form}
          ruleSet={ruleSet}
          recorded={onRecord?.figures ?? []}
          busy={evaluation.isPending}
          start={start}
          onChange={(all) => type(all as TrialFields)}
          onRun={run}
          onReset={reset}
        />
      </Section>
      <div ref={result} tabIndex={-1} className="landing">
        <Section title={text('result')}>
          {onRecord ? <ByRecords result={onRecord} /> : <p className="quiet">{text('noRecords')}</p>}
          {onRecord ? <Differences ruleSet={ruleSet} typed={typed} recorded={recorded} /> : null}
          {evaluation.error ? <ProblemView error={evaluation.error} again={run} /> : null}
          <EvaluationResult evaluation={evaluation.data} stale={!same(evaluation.variables, question)} />
        </Section>
      </div>
    </div>
  );
}

const questionOf = (ruleSet: RuleSetCode, { asOf, ...figures }: TrialFields): Question => ({
  ruleSet,
  asOf: asOf.format('YYYY-MM-DD'),
  figures,
});

const same = (asked: Question | undefined, now: Question) => JSON.stringify(asked) === JSON.stringify(now);

function ByRecords({ result: { total, verdict } }: { result: RuleSetResult }) {
  const text = useText(evaluationText);
  const figures = { total: total ?? text('noTotal'), verdict: text(`verdict.${verdict}`) };
  return <p className="quiet">{text('byRecords', figures)}</p>;
}

function Differences({ ruleSet, typed, recorded }: { ruleSet: RuleSetCode; typed: Figures; recorded: Figures }) {
  const text = useText(evaluationText);
  const listing = useListing();
  const names = differing(ruleSet, typed, recorded).map((name) => text(`f.${name}`));
  return names.length > 0 ? <p className="quiet">{text('differs', { names: listing(names) })}</p> : null;
}
