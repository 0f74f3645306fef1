import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { usePause, useResume, type Pause, type Progress } from './work.query.js';
import { workText } from './work.text.js';

/** The reasons that are a bank's to give. */
const reasons = ['WAITING_DOCUMENTS', 'WAITING_THIRD_PARTY'] as const;

/** Stops the working-day clocks of a case, or lets them run again. */
export function ClockAct({ progress }: { progress: Progress }) {
  const text = useText(workText);
  const resume = useResume(progress.id);
  if (!progress.paused) return <PauseClocks id={progress.id} />;
  return (
    <ConfirmAct
      label={text('clock.resume')}
      title={text('clock.resume')}
      what={<p>{text('clock.resumeWhat')}</p>}
      confirm={text('clock.resumeConfirm')}
      act={() => resume.mutateAsync(null)}
      busy={resume.isPending}
      error={resume.error}
    />
  );
}

function PauseClocks({ id }: { id: string }) {
  const text = useText(workText);
  const pause = usePause(id);
  const [reason, setReason] = useState<Pause['reason']>('WAITING_DOCUMENTS');
  const [workdays, setDays] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const body: Pause = {
    reason,
    ...(workdays === null ? {} : { workdays }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  };
  return (
    <ConfirmAct
      label={text('clock.pause')}
      title={text('clock.pause')}
      what={
        <div className="stacked">
          <p>{text('clock.pauseWhat')}</p>
          <Select
            aria-label={text('clock.reason')}
            value={reason}
            options={reasons.map((value) => ({ value, label: text(`clock.${value}`) }))}
            onChange={setReason}
          />
          <InputNumber
            aria-label={text('clock.days')}
            placeholder={text('clock.days')}
            min={1}
            max={250}
            precision={0}
            style={{ width: '100%' }}
            value={workdays}
            onChange={setDays}
          />
          <Input
            aria-label={text('clock.note')}
            placeholder={text('clock.note')}
            maxLength={300}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      }
      confirm={text('clock.pauseConfirm')}
      act={() => pause.mutateAsync(body)}
      busy={pause.isPending}
      error={pause.error}
    />
  );
}
