import { Button, Drawer } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { Deadline, When } from '../parts/figures.part.js';
import { Facts } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useProgress, type CaseProgress } from './need-work.query.js';
import { needWorkText } from './need-work.text.js';
import type { NeedDetail } from './need.query.js';

type Grab = NeedDetail['grabs'][number];

/** How far one bank is: who answers, until when, what was done. */
export function BankProgress({ grab }: { grab: Grab }) {
  const text = useText(needWorkText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {text('case.look')}
      </Button>
      <Drawer
        title={text('case.title', { bank: grab.institution })}
        open={open}
        onClose={() => setOpen(false)}
        size={480}
        destroyOnHidden
      >
        <Progress id={grab.id} />
      </Drawer>
    </>
  );
}

function Progress({ id }: { id: string }) {
  return (
    <Answer query={useProgress(id)}>
      {(progress) => (
        <>
          <Where progress={progress} />
          <Pauses progress={progress} />
          <Done progress={progress} />
        </>
      )}
    </Answer>
  );
}

function Where({ progress }: { progress: CaseProgress }) {
  const text = useText(needWorkText);
  const { firstResponder, firstContactMinutes, nextAct, deadline, paused } = progress;
  return (
    <>
      <Facts
        items={[
          [text('case.responder'), firstResponder?.name ?? '—'],
          [
            text('case.minutes'),
            firstContactMinutes === null ? '—' : text('case.minutesValue', { minutes: firstContactMinutes }),
          ],
          [text('case.nextAct'), nextAct ? text(`act.${nextAct}`) : '—'],
          [text('case.deadline'), <Deadline at={deadline} />],
        ]}
      />
      {paused ? <StatusTag tone="warn">{text('case.paused')}</StatusTag> : null}
    </>
  );
}

function Pauses({ progress }: { progress: CaseProgress }) {
  const text = useText(needWorkText);
  if (progress.pauses.length === 0) return null;
  return (
    <ul className="reasons gap">
      {progress.pauses.map(({ id, fromDay, toDay, workdays, reason }) => (
        <li key={id}>
          {text('pause.line', { from: fromDay, to: toDay, days: workdays, reason: text(`pause.${reason}`) })}
        </li>
      ))}
    </ul>
  );
}

function Done({ progress: { contacts, visits } }: { progress: CaseProgress }) {
  const text = useText(needWorkText);
  return (
    <>
      <h3 className="gap">{text('case.contacts')}</h3>
      {contacts.length + visits.length === 0 ? <p className="quiet">{text('case.none')}</p> : null}
      <ul className="reasons">
        {contacts.map(({ id, method, happenedAt }) => (
          <li key={id}>
            {text(`method.${method}`)} <When at={happenedAt} />
          </li>
        ))}
        {visits.map(({ id, status, plannedAt, heldAt }) => (
          <li key={id}>
            {text(`visit.${status}`)} <When at={heldAt ?? plannedAt} />
          </li>
        ))}
      </ul>
    </>
  );
}
