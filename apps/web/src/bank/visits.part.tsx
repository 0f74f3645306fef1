import { App, Button, DatePicker, Input } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { When } from '../parts/figures.part.js';
import { instantOf } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { ProblemView } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { AttachFiles } from './attach-files.part.js';
import { useCancelVisit, usePlanVisit, useReportVisit, type Attachment, type Visit } from './work.query.js';
import { workText } from './work.text.js';

const tones: Record<Visit['status'], Tone> = { PLANNED: 'busy', HELD: 'good', CANCELLED: 'still' };

interface VisitsProps {
  readonly id: string;
  readonly visits: readonly Visit[];
  /** A case that has ended is only looked at. */
  readonly running: boolean;
}

/** One visit at a time; its report is a contact with evidence. */
export function Visits({ id, visits, running }: VisitsProps) {
  const text = useText(workText);
  const planned = visits.some(({ status }) => status === 'PLANNED');
  if (visits.length === 0 && !running) return null;
  return (
    <Section title={text('visit.title')}>
      {visits.map((visit) => (
        <div key={visit.id} className="page-actions gap">
          <StatusTag tone={tones[visit.status]}>{text(`visit.${visit.status}`)}</StatusTag>
          <When at={visit.heldAt ?? visit.plannedAt} />
          <span className="grow">{visit.report ?? visit.place ?? ''}</span>
          {running && visit.status === 'PLANNED' ? (
            <>
              <Report id={id} visitId={visit.id} />
              <CallOff id={id} visitId={visit.id} />
            </>
          ) : null}
        </div>
      ))}
      {running && !planned ? <Plan id={id} /> : null}
    </Section>
  );
}

function Plan({ id }: { id: string }) {
  const text = useText(workText);
  const { message } = App.useApp();
  const plan = usePlanVisit(id);
  const [at, setAt] = useState<Dayjs | null>(null);
  const [place, setPlace] = useState('');
  const submit = () =>
    at &&
    plan.mutate(
      { plannedAt: instantOf(at.format('YYYY-MM-DD HH:mm')), ...(place.trim() ? { place: place.trim() } : {}) },
      { onSuccess: () => void message.success(text('visit.planned')) },
    );
  return (
    <>
      <div className="page-actions gap">
        <DatePicker
          aria-label={text('visit.at')}
          placeholder={text('visit.at')}
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          value={at}
          onChange={(day) => setAt(day)}
        />
        <Input
          className="grow"
          aria-label={text('visit.place')}
          placeholder={text('visit.place')}
          maxLength={200}
          value={place}
          onChange={(event) => setPlace(event.target.value)}
        />
        <Button disabled={!at} loading={plan.isPending} onClick={submit}>
          {text('visit.plan')}
        </Button>
      </div>
      {plan.error ? <ProblemView error={plan.error} /> : null}
    </>
  );
}

function Report({ id, visitId }: { id: string; visitId: string }) {
  const text = useText(workText);
  const report = useReportVisit(id, visitId);
  const [words, setWords] = useState('');
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const body = { report: words.trim(), attachmentIds: files.map((file) => file.id) };
  return (
    <ConfirmAct
      label={text('visit.report')}
      title={text('visit.report')}
      what={
        <div className="stacked">
          <Input.TextArea
            aria-label={text('visit.reportWhat')}
            placeholder={text('visit.reportWhat')}
            rows={4}
            maxLength={2_000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <AttachFiles id={id} files={files} onChange={setFiles} />
        </div>
      }
      confirm={text('visit.reportConfirm')}
      button={{ size: 'small', type: 'primary' }}
      blocked={words.trim() === ''}
      act={() => report.mutateAsync(body)}
      busy={report.isPending}
      error={report.error}
    />
  );
}

function CallOff({ id, visitId }: { id: string; visitId: string }) {
  const text = useText(workText);
  const cancel = useCancelVisit(id, visitId);
  const [reason, setReason] = useState('');
  return (
    <ConfirmAct
      label={text('visit.cancel')}
      title={text('visit.cancel')}
      what={
        <Input
          aria-label={text('visit.cancelWhy')}
          placeholder={text('visit.cancelWhy')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      }
      confirm={text('visit.cancelConfirm')}
      button={{ size: 'small' }}
      blocked={reason.trim() === ''}
      danger
      act={() => cancel.mutateAsync(reason.trim())}
      busy={cancel.isPending}
      error={cancel.error}
    />
  );
}
