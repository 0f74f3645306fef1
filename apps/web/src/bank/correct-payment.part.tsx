import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { dayOf } from '../parts/format.rules.js';
import { MoneyField } from '../parts/money-field.part.js';
import { bankText } from './bank.text.js';
import { useDisbursement, type CaseDetail } from './case.query.js';
import { workText } from './work.text.js';

interface CorrectPaymentProps {
  readonly caseId: string;
  readonly payment: CaseDetail['disbursements'][number];
}

/** Another report in the place of a wrong one; both stay on file. */
export function CorrectPayment({ caseId, payment }: CorrectPaymentProps) {
  const text = useText(bankText);
  const work = useText(workText);
  const report = useDisbursement(caseId);
  const [amountFen, setAmount] = useState<string | undefined>(payment.amountFen);
  const [day, setDay] = useState(() => dayjs(payment.drawnOn));
  const [reason, setReason] = useState('');
  const act = async () => {
    if (!amountFen) return;
    const drawnOn = day.format('YYYY-MM-DD');
    await report.mutateAsync({ amountFen, drawnOn, reason: reason.trim(), corrects: payment.id });
  };
  return (
    <ConfirmAct
      label={work('draw.correct')}
      title={work('draw.correct')}
      what={
        <div className="stacked">
          <p>{work('draw.correctWhat')}</p>
          <MoneyField label={text('draw.amount')} value={amountFen} onChange={setAmount} />
          <DatePicker
            aria-label={text('draw.on')}
            value={day}
            maxDate={dayjs(dayOf(new Date()))}
            allowClear={false}
            onChange={(chosen) => chosen && setDay(chosen)}
          />
          <Input
            aria-label={work('draw.correctWhy')}
            placeholder={work('draw.correctWhy')}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      }
      confirm={work('draw.correct')}
      button={{ size: 'small' }}
      blocked={!amountFen || reason.trim() === ''}
      act={act}
      busy={report.isPending}
      error={report.error}
    />
  );
}
