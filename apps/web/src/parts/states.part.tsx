import { CloseCircleFilled, InboxOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';

import { AnswerLost, ProblemError, type Problem } from '../client/problem.error.js';
import { useLanguage, useText, type Text } from '../frame/language.part.js';
import { Code } from './code.part.js';
import { dataRefusalsText } from './data-refusals.text.js';
import { detailsText } from './details.text.js';
import { partsText } from './parts.text.js';
import { problemsText } from './problems.text.js';
import { refusalsText } from './refusals.text.js';

/** Grey bars in the shape of what comes. */
export function Skeleton({ rows = 5 }: { rows?: number }) {
  const text = useText(partsText);
  return (
    <div className="skeleton" role="status" aria-label={text('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} style={{ width: `${96 - ((row * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

/** One sentence why, and the next step. */
export function Empty({ why, next }: { why: ReactNode; next?: ReactNode }) {
  return (
    <div className="empty">
      <InboxOutlined aria-hidden />
      <p>{why}</p>
      {next}
    </div>
  );
}

interface ProblemViewProps {
  readonly error: Error;
  readonly again?: (() => void) | undefined;
}

export function ProblemView({ error, again }: ProblemViewProps) {
  const text = useText(partsText);
  const problem = error instanceof ProblemError ? error.problem : null;
  const useful = again && (problem === null || problem.status >= 500 || problem.status === 429);
  return (
    <div className="problem" role="alert">
      <CloseCircleFilled aria-hidden />
      <div>
        <strong>{text('problem.title')}</strong>
        <p>{useProblemWords(error)}</p>
        {problem?.errors.length ? <FieldErrors problem={problem} /> : null}
        {problem ? <ProblemMarks problem={problem} text={text} /> : null}
        {useful ? (
          <Button size="small" onClick={again}>
            {text('problem.again')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function FieldErrors({ problem }: { problem: Problem }) {
  const { language } = useLanguage();
  const words: Readonly<Record<string, string>> = detailsText[language];
  return (
    <ul>
      {problem.errors.map((error) => (
        <li key={error.pointer + error.detail}>
          {words[error.detail] ?? (
            <>
              <code>{error.pointer}</code> {error.detail}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function ProblemMarks({ problem, text }: { problem: Problem; text: Text<keyof typeof partsText.zh> }) {
  return (
    <p className="marks">
      {text('problem.code')} <code>{problem.code}</code>
      {problem.correlationId ? (
        <>
          {' · '}
          {text('problem.correlation')} <Code value={problem.correlationId} />
        </>
      ) : null}
    </p>
  );
}

/** Words for a problem's code in the reader's language; without any, what the service said. */
export function useCodeWords() {
  const { language } = useLanguage();
  const words: Readonly<Record<string, string>> = {
    ...dataRefusalsText[language],
    ...refusalsText[language],
    ...problemsText[language],
  };
  const known = (code: string) => words[code] ?? (/NOT_FOUND$|_UNKNOWN$/.test(code) ? words['NOT_FOUND'] : undefined);
  return (code: string, otherwise: string) => known(code) ?? otherwise;
}

function useProblemWords(error: Error): string {
  const text = useText(partsText);
  const wordsOf = useCodeWords();
  if (error instanceof AnswerLost) return text('problem.lost');
  if (!(error instanceof ProblemError)) return text('problem.broken');
  return wordsOf(error.problem.code, error.problem.detail);
}

interface AnswerProps<T> {
  readonly query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}

/** A question to a service: its skeleton while it is open, the problem when it failed, else what it said. */
export function Answer<T>({ query, rows, children }: AnswerProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ProblemView error={query.error} again={() => void query.refetch()} />;
  return <Skeleton rows={rows ?? 5} />;
}
