import { DatePicker, Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { dayOf } from '../parts/format.rules.js';
import { MoneyField } from '../parts/money-field.part.js';
import { useStep, type Step } from './listing.query.js';
import { listingText } from './listing.text.js';

const reasons: readonly NonNullable<Step['reason']>[] = [
  'NOT_REACHED',
  'NO_NEED',
  'TERMS_DO_NOT_FIT',
  'RISK',
  'INDUSTRY',
  'OTHER',
];

type Details = Omit<Step, 'step'>;

const complete = (step: Step['step'], { amountFen, drawnOn, reason }: Details): boolean => {
  if (step === 'GIVEN_UP') return reason !== undefined;
  if (step === 'OFFERED') return amountFen !== undefined;
  return step === 'CONTACTED' || (amountFen !== undefined && drawnOn !== undefined);
};

/** The next step of a take-up, with what it has to say. */
export function ReportStep({ id, step }: { id: string; step: Step['step'] }) {
  const text = useText(listingText);
  const report = useStep(id);
  const [details, setDetails] = useState<Details>({});
  const add = (more: Details) => setDetails((before) => ({ ...before, ...more }));
  const note = details.note?.trim();
  const { note: _typed, ...rest } = details;
  return (
    <ConfirmAct
      label={text(`step.${step}`)}
      title={text(`step.${step}`)}
      what={
        <>
          <p>{text(`step.what.${step}`)}</p>
          <StepFields step={step} details={details} add={add} />
        </>
      }
      confirm={text(`step.${step}`)}
      button={{ size: 'small', type: step === 'GIVEN_UP' ? 'default' : 'primary' }}
      danger={step === 'GIVEN_UP'}
      blocked={!complete(step, details)}
      act={() => report.mutateAsync({ step, ...rest, ...(note ? { note } : {}) })}
      busy={report.isPending}
      error={report.error}
    />
  );
}

interface StepFieldsProps {
  readonly step: Step['step'];
  readonly details: Details;
  readonly add: (more: Details) => void;
}

function StepFields({ step, details, add }: StepFieldsProps) {
  const text = useText(listingText);
  const today = dayjs(dayOf(new Date()));
  return (
    <Form layout="vertical" requiredMark={false} className="gap">
      {step === 'OFFERED' || step === 'LENT' ? (
        <Form.Item label={text('step.amount')}>
          <MoneyField
            label={text('step.amount')}
            value={details.amountFen}
            onChange={(amountFen) => add({ amountFen })}
          />
        </Form.Item>
      ) : null}
      {step === 'LENT' ? (
        <Form.Item label={text('step.drawnOn')}>
          <DatePicker
            aria-label={text('step.drawnOn')}
            maxDate={today}
            onChange={(day) => add({ drawnOn: day?.format('YYYY-MM-DD') })}
          />
        </Form.Item>
      ) : null}
      {step === 'GIVEN_UP' ? (
        <Form.Item label={text('step.reason')}>
          <Select
            aria-label={text('step.reason')}
            options={reasons.map((value) => ({ value, label: text(`reason.${value}`) }))}
            onChange={(reason: NonNullable<Step['reason']>) => add({ reason })}
          />
        </Form.Item>
      ) : null}
      <Form.Item label={text('step.note')}>
        <Input.TextArea
          aria-label={text('step.note')}
          rows={2}
          maxLength={500}
          onChange={(event) => add({ note: event.target.value })}
        />
      </Form.Item>
    </Form>
  );
}
