import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { scorePath } from './lineage-path.rules.js';
import type { Origin } from './lineage.query.js';
import { lineageText } from './lineage.text.js';

interface Step {
  readonly name: string;
  readonly head: ReactNode;
  readonly lines: readonly ReactNode[];
}

/** The way of a value in the order in which it came: source, delivery, file, row, record. */
export function OriginFlow({ origin }: { origin: Origin }) {
  const text = useText(lineageText);
  const steps = useSteps(origin);
  return (
    <Section title={text('flow.title')} note={text('flow.note')}>
      <ol className="flow">
        {steps.map(({ name, head, lines }) => (
          <li key={name}>
            <p className="quiet">{name}</p>
            <strong>{head}</strong>
            {lines.map((line, place) => (line === null ? null : <p key={place}>{line}</p>))}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function useSteps(origin: Origin): Step[] {
  const text = useText(lineageText);
  const { source, feed, feedTitle } = origin;
  return [
    { name: text('flow.source'), head: source.name, lines: [feedTitle, <code key="feed">{feed}</code>] },
    ...useDelivery(origin),
    useRow(origin),
    useRecord(origin),
  ];
}

/** Batches and corrections have pages for those who work on them; an enterprise reads what happened. */
function useMayWork(): boolean {
  const { data: me } = useMe();
  return me?.organisation.kind === 'operator' || me?.organisation.kind === 'source';
}

function useDelivery({ batch, file }: Origin): Step[] {
  const text = useText(lineageText);
  const linked = useMayWork();
  const { language } = useLanguage();
  const words: Readonly<Record<string, string>> = lineageText[language];
  if (!batch) return [{ name: text('flow.batch'), head: text('flow.noBatch'), lines: [] }];
  const reference = <code className="broken">{batch.reference}</code>;
  const arrived: Step = {
    name: text('flow.batch'),
    head: linked ? <Link to={`/operator/batches/${batch.id}`}>{reference}</Link> : reference,
    lines: [
      <>
        {words[`origin.${batch.origin}`] ?? batch.origin} · <When at={batch.receivedAt} />
      </>,
      batch.contractVersion === null ? null : text('flow.contract', { version: batch.contractVersion }),
    ],
  };
  if (!file) return [arrived];
  const size = text('flow.bytes', { bytes: countText(file.bytes) });
  const written = [file.form, file.charset?.toUpperCase(), size].filter(Boolean).join(' · ');
  return [
    arrived,
    {
      name: text('flow.file'),
      head: written,
      lines: [
        <StatusTag key="kept" tone={file.kept ? 'good' : 'still'}>
          {text(file.kept ? 'flow.kept' : 'flow.notKept')}
        </StatusTag>,
        <span key="hash">
          {text('flow.fingerprint')} <Code value={file.sha256.slice(0, 16)} />
        </span>,
      ],
    },
  ];
}

function useRow({ lineNumber, mendedFrom }: Origin): Step {
  const text = useText(lineageText);
  const linked = useMayWork();
  const words = mendedFrom ? text('flow.mended', { line: mendedFrom.lineNumber }) : null;
  return {
    name: text('flow.row'),
    head: text('flow.line', { line: lineNumber }),
    lines: [
      words && linked && mendedFrom ? <Link to={`/operator/batches/${mendedFrom.batchId}`}>{words}</Link> : words,
    ],
  };
}

function useRecord({ recordKey, version, inForce, uscc, correctionIds }: Origin): Step {
  const text = useText(lineageText);
  const linked = useMayWork();
  const corrected = correctionIds.length > 0 ? text('flow.corrected', { count: correctionIds.length }) : null;
  return {
    name: text('flow.record'),
    head: (
      <>
        <code className="broken">{recordKey}</code> · {text('version', { version })}
      </>
    ),
    lines: [
      <StatusTag key="state" tone={inForce ? 'good' : 'still'}>
        {text(inForce ? 'inForce' : 'replaced')}
      </StatusTag>,
      <Link key="whose" to={scorePath(uscc)}>
        <code>{uscc}</code>
      </Link>,
      corrected && linked ? <Link to="/operator/mending?tab=corrections">{corrected}</Link> : corrected,
    ],
  };
}
