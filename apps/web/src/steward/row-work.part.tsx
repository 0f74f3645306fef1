import { App, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { useLanguage, useText } from '../frame/language.part.js';
import { recordPath } from '../lineage/lineage-path.rules.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { When } from '../parts/figures.part.js';
import { Answer } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { AllowCode, codeToAllow } from './allow-code.part.js';
import {
  useAcceptance,
  useDismissal,
  useResubmission,
  useRow,
  type RowAct,
  type RowLook,
  type SetAside,
  type Settle,
} from './set-aside.query.js';
import { stewardText } from './steward.text.js';

const outcomeTones: Record<NonNullable<RowAct['outcome']>, Tone> = {
  NEW_VERSION: 'good',
  NOTHING_NEW: 'still',
  SET_ASIDE_AGAIN: 'bad',
  FAILED: 'bad',
};

/** A row that was set aside: what is wrong with which cell, what may be done about it, and what was done. */
export function RowWork({ row }: { row: SetAside }) {
  const look = useRow(row);
  return <Answer query={look}>{(found) => <RowLookView look={found} />}</Answer>;
}

function RowLookView({ look }: { look: RowLook }) {
  const text = useText(stewardText);
  const { language } = useLanguage();
  const [changed, change] = useState<Record<string, string>>({});
  const { row } = look;
  const open = row.state === 'OPEN';
  return (
    <>
      <p className="notice">{row[language]}</p>
      {look.faults.map((fault) => (
        <p key={fault.code}>{fault[language]}</p>
      ))}
      {look.cells.length > 0 ? (
        <Cells look={look} changed={changed} change={change} fixed={!open || !row.mendable} />
      ) : (
        <code className="raw-row" role="region" aria-label={text('row.raw')} tabIndex={0}>
          {look.raw}
        </code>
      )}
      <TraceRow look={look} />
      {open ? <WorkActs look={look} changed={changed} /> : null}
      {open && !row.mendable ? <p className="quiet">{text('row.notMendable')}</p> : null}
      {look.acts.length > 0 ? <h3>{text('row.history')}</h3> : null}
      {look.acts.map((act) => (
        <Done key={act.actId} act={act} />
      ))}
    </>
  );
}

/** The record that the row is about, or was mended into, under the key that the source gave it. */
function TraceRow({ look: { row, cells } }: { look: RowLook }) {
  const text = useText(stewardText);
  const key = cells.find(({ field }) => field === 'record_key')?.value;
  return key ? (
    <p>
      <Link to={recordPath(row.feed, key)}>{text('row.trace', { key })}</Link>
    </p>
  ) : null;
}

interface CellsProps {
  readonly look: RowLook;
  readonly changed: Record<string, string>;
  readonly change: (changed: Record<string, string>) => void;
  readonly fixed: boolean;
}

/** Each cell under its head; what is wrong stands below the cell. */
function Cells({ look, changed, change, fixed }: CellsProps) {
  const { language } = useLanguage();
  return (
    <div className="cells">
      {look.cells.map(({ field, header, value, faults }) => (
        <label key={field} className={faults.length > 0 ? 'cell wrong' : 'cell'}>
          <span>
            {header} <code className="quiet">{field}</code>
          </span>
          <Input
            value={changed[field] ?? value}
            disabled={fixed}
            status={faults.length > 0 && changed[field] === undefined ? 'error' : ''}
            onChange={(event) => change({ ...changed, [field]: event.target.value })}
          />
          {faults.map((fault) => (
            <span key={fault.code} className="wrong">
              {fault[language]}
            </span>
          ))}
        </label>
      ))}
    </div>
  );
}

function WorkActs({ look, changed }: { look: RowLook; changed: Record<string, string> }) {
  const text = useText(stewardText);
  const { message } = App.useApp();
  const [resubmission, dismissal, acceptance] = [useResubmission(), useDismissal(), useAcceptance()];
  const { row } = look;
  const { batchId, lineNumber } = row;
  const code = codeToAllow(look);
  const settle = (of: typeof dismissal, cells?: Record<string, string>) => async (reason: string) => {
    const body: Settle = { rows: [{ batchId, lineNumber, ...(cells ? { cells } : {}) }], reason };
    await of.mutateAsync(body);
    message.success(text('row.done'));
  };
  const touched = Object.keys(changed).length;
  return (
    <p className="page-actions">
      {row.mendable ? (
        <ActWithNote
          label={text('act.RESUBMISSION')}
          what={<p>{touched > 0 ? text('act.resubmitWhat', { count: touched }) : text('act.resubmitSame')}</p>}
          button={{ type: 'primary' }}
          blocked={touched === 0 && code === null}
          act={settle(resubmission, changed)}
          of={resubmission}
        />
      ) : null}
      {row.acceptable ? (
        <ActWithNote
          label={text('act.ACCEPTANCE')}
          what={<p>{text('act.acceptWhat')}</p>}
          act={settle(acceptance)}
          of={acceptance}
        />
      ) : null}
      {code === null ? null : <AllowCode code={code} />}
      <ActWithNote
        label={text('act.DISMISSAL')}
        what={<p>{text('act.dismissWhat')}</p>}
        act={settle(dismissal)}
        of={dismissal}
      />
    </p>
  );
}

function Done({ act }: { act: RowAct }) {
  const text = useText(stewardText);
  return (
    <p>
      <When at={act.madeAt} /> <strong>{text(`act.${act.kind}`)}</strong> {text(`act.${act.state}`)}
      {act.outcome ? (
        <>
          {' '}
          <StatusTag tone={outcomeTones[act.outcome]}>{text(`outcome.${act.outcome}`)}</StatusTag>
        </>
      ) : null}
      <br />
      <span className="quiet">
        {act.reason}
        {act.note ? ` · ${act.note}` : ''}
      </span>
    </p>
  );
}
