import { App, DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';

import { useLanguage, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { DataTable } from '../parts/data-table.part.js';
import { Money, When } from '../parts/figures.part.js';
import { dayOf, moneyText } from '../parts/format.rules.js';
import { MoneyField } from '../parts/money-field.part.js';
import { bankText } from './bank.text.js';
import { useDisbursement, type CaseDetail } from './case.query.js';
import { CorrectPayment } from './correct-payment.part.js';
import { workText } from './work.text.js';

/** Money that the bank paid out under the accepted offer, and what is still to be reported. */
export function ReportPayment({ file }: { file: CaseDetail }) {
  const text = useText(bankText);
  const work = useText(workText);
  const corrected = correctedIn(file);
  const left = leftFen(file);
  return (
    <>
      {file.disbursements.length > 0 ? (
        <DataTable
          caption={text('draw.title')}
          rows={file.disbursements}
          rowKey={({ id }) => id}
          columns={[
            { key: 'on', title: text('draw.on'), cell: ({ drawnOn }) => <When at={drawnOn} /> },
            {
              key: 'amount',
              title: text('draw.amount'),
              numeric: true,
              cell: ({ amountFen }) => <Money fen={amountFen} />,
            },
            {
              key: 'at',
              title: text('draw.reported'),
              cell: ({ id, reportedAt, late }) => (
                <>
                  <When at={reportedAt} /> {late ? <span className="tag">{work('draw.late')}</span> : null}{' '}
                  {corrected.has(id) ? <span className="tag">{work('draw.corrected')}</span> : null}
                </>
              ),
            },
            {
              key: 'act',
              title: '',
              cell: (payment) =>
                corrected.has(payment.id) ? null : <CorrectPayment caseId={file.id} payment={payment} />,
            },
          ]}
        />
      ) : null}
      {left > 0n ? <PaymentForm file={file} leftFen={String(left)} /> : null}
    </>
  );
}

function leftFen({ offers, disbursements }: CaseDetail): bigint {
  const accepted = offers.find(({ status }) => status === 'ACCEPTED');
  const corrected = correctedIn({ disbursements });
  return disbursements
    .filter(({ id }) => !corrected.has(id))
    .reduce((left, paid) => left - BigInt(paid.amountFen), BigInt(accepted?.amountFen ?? '0'));
}

/** Reports that a later one replaced: they stay on file and count no more. */
const correctedIn = ({ disbursements }: Pick<CaseDetail, 'disbursements'>) =>
  new Set(disbursements.map(({ correctsId }) => correctsId));

function PaymentForm({ file, leftFen: left }: { file: CaseDetail; leftFen: string }) {
  const text = useText(bankText);
  const { language } = useLanguage();
  const { message } = App.useApp();
  const payment = useDisbursement(file.id);
  const [amountFen, setAmount] = useState<string | undefined>(left);
  const [drawnOn, setDay] = useState<Dayjs>(() => dayjs(dayOf(new Date())));
  const act = async () => {
    if (!amountFen) return;
    await payment.mutateAsync({ amountFen, drawnOn: drawnOn.format('YYYY-MM-DD') });
    message.success(text('draw.done'));
  };
  const amount = amountFen ? moneyText(amountFen, language) : '—';
  return (
    <div className="page-actions gap">
      <div className="amount">
        <MoneyField label={text('draw.amount')} value={amountFen} onChange={setAmount} />
      </div>
      <DatePicker
        aria-label={text('draw.on')}
        value={drawnOn}
        maxDate={dayjs(dayOf(new Date()))}
        allowClear={false}
        onChange={(day) => day && setDay(day)}
      />
      <ConfirmAct
        label={text('draw.title')}
        title={text('draw.title')}
        what={
          <>
            <p>
              <strong>{amount}</strong> · {drawnOn.format('YYYY-MM-DD')}
            </p>
            <p>{text('draw.what')}</p>
          </>
        }
        confirm={text('draw.confirm')}
        button={{ type: 'primary', disabled: !amountFen }}
        act={act}
        busy={payment.isPending}
        error={payment.error}
      />
    </div>
  );
}
