import { Input, Select } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { bankText } from './bank.text.js';
import { useDecline, useRelease, type CaseDetail, type Decline } from './case.query.js';
import { ClockAct } from './clock.part.js';
import { RecordContact } from './contact-form.part.js';
import { ReportPayment } from './report-payment.part.js';
import { HandOver } from './transfer.part.js';
import type { Progress } from './work.query.js';

export const running = new Set(['ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED']);
const reasons: readonly Decline['reason'][] = [
  'INDUSTRY_RESTRICTED',
  'POOR_CREDIT',
  'COUNTER_GUARANTEE_SHORT',
  'AMOUNT_DOES_NOT_FIT',
  'ENTERPRISE_WITHDREW',
  'OTHER',
];

export function CaseActs({ file, progress }: { file: CaseDetail; progress: Progress | undefined }) {
  const text = useText(bankText);
  if (file.status === 'ACCEPTED' || file.status === 'DISBURSED') return <ReportPayment file={file} />;
  if (!running.has(file.status)) return <p className="quiet">{text('next.done')}</p>;
  return (
    <>
      <RecordContact id={file.id} />
      <div className="page-actions gap">
        {file.status === 'ACTIVE' ? <Release id={file.id} /> : null}
        {progress && file.status !== 'ACTIVE' ? <ClockAct progress={progress} /> : null}
        <HandOver id={file.id} managerId={file.managerId} />
        <DeclineCase id={file.id} />
      </div>
    </>
  );
}

function Release({ id }: { id: string }) {
  const text = useText(bankText);
  const release = useRelease(id);
  return (
    <ConfirmAct
      label={text('release.title')}
      title={text('release.title')}
      what={<p>{text('release.what')}</p>}
      confirm={text('release.confirm')}
      danger
      act={() => release.mutateAsync(null)}
      busy={release.isPending}
      error={release.error}
    />
  );
}

function DeclineCase({ id }: { id: string }) {
  const text = useText(bankText);
  const decline = useDecline(id);
  const [reason, setReason] = useState<Decline['reason']>();
  const [words, setWords] = useState('');
  const said = words.trim();
  const act = async () => {
    if (reason) await decline.mutateAsync(said ? { reason, text: said } : { reason });
  };
  return (
    <ConfirmAct
      label={text('decline.title')}
      title={text('decline.title')}
      what={
        <div className="stacked">
          <p>{text('decline.what')}</p>
          <Select
            aria-label={text('decline.reason')}
            placeholder={text('decline.reason')}
            value={reason ?? null}
            options={reasons.map((value) => ({ value, label: text(`decline.${value}`) }))}
            onChange={(chosen: Decline['reason'] | null) => setReason(chosen ?? undefined)}
          />
          <Input.TextArea
            aria-label={text('decline.text')}
            placeholder={text('decline.text')}
            rows={2}
            maxLength={500}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </div>
      }
      confirm={text('decline.confirm')}
      blocked={!reason || (reason === 'OTHER' && !said)}
      danger
      act={act}
      busy={decline.isPending}
      error={decline.error}
    />
  );
}
