import { App, Button, DatePicker, Form, Input, Segmented, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';

import { useText } from '../frame/language.part.js';
import { dayOf } from '../parts/format.rules.js';
import { MoneyField } from '../parts/money-field.part.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { useRecordVisit, type RecordVisit as Visit } from './campaign.query.js';
import { campaignText } from './campaign.text.js';

const methods = ['VISIT', 'PHONE', 'ONLINE'] as const;
const outcomes = ['NOT_REACHED', 'CONTACTED', 'APPLIED', 'LENT', 'REFUSED', 'NOT_INTERESTED'] as const;
const reasons = ['INDUSTRY', 'CREDIT', 'COLLATERAL', 'AMOUNT', 'DOCUMENTS', 'OTHER'] as const;

interface Fields extends Omit<Visit, 'visitedOn' | 'drawnOn'> {
  readonly on: Dayjs;
  readonly drawn?: Dayjs;
}

const bodyOf = ({ on, drawn, method, outcome, reason, amountFen, note }: Fields): Visit => ({
  visitedOn: on.format('YYYY-MM-DD'),
  method,
  outcome,
  ...(outcome === 'REFUSED' && reason ? { reason } : {}),
  ...(outcome === 'LENT' && amountFen && drawn ? { amountFen, drawnOn: drawn.format('YYYY-MM-DD') } : {}),
  ...(note?.trim() ? { note: note.trim() } : {}),
});

/** A visit, a call or a talk on line, and what came of it. */
export function RecordVisit({ id, done }: { id: string; done: () => void }) {
  const text = useText(campaignText);
  const { message } = App.useApp();
  const record = useRecordVisit(id);
  const today = dayjs(dayOf(new Date()));
  const submit = async (fields: Fields) => {
    await record.mutateAsync(bodyOf(fields));
    message.success(text('visit.saved'));
    done();
  };
  const required = [{ required: true, message: useText(partsText)('required') }];
  return (
    <>
      <h3 className="gap">{text('visit.record')}</h3>
      <Form
        layout="vertical"
        requiredMark={false}
        initialValues={{ on: today, method: 'VISIT' }}
        onFinish={(fields: Fields) => void submit(fields).catch(() => undefined)}
      >
        <div className="pair">
          <Form.Item name="on" label={text('visit.on')} rules={required}>
            <DatePicker maxDate={today} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="method" label={text('visit.method')}>
            <Segmented options={methods.map((value) => ({ value, label: text(`method.${value}`) }))} />
          </Form.Item>
        </div>
        <Form.Item name="outcome" label={text('visit.outcome')} rules={required}>
          <Select options={outcomes.map((value) => ({ value, label: text(`outcome.${value}`) }))} />
        </Form.Item>
        <Details today={today} />
        <Form.Item name="note" label={text('visit.note')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        {record.error ? <ProblemView error={record.error} /> : null}
        <Button type="primary" htmlType="submit" loading={record.isPending}>
          {text('visit.save')}
        </Button>
      </Form>
    </>
  );
}

/** A refusal says why, a loan how much and when. */
function Details({ today }: { today: Dayjs }) {
  const text = useText(campaignText);
  const required = [{ required: true, message: useText(partsText)('required') }];
  const outcome = Form.useWatch<Visit['outcome'] | undefined>('outcome');
  if (outcome === 'REFUSED')
    return (
      <Form.Item name="reason" label={text('visit.reason')} rules={required}>
        <Select options={reasons.map((value) => ({ value, label: text(`why.${value}`) }))} />
      </Form.Item>
    );
  if (outcome !== 'LENT') return null;
  return (
    <div className="pair">
      <Form.Item name="amountFen" label={text('visit.amount')} rules={required}>
        <MoneyField />
      </Form.Item>
      <Form.Item name="drawn" label={text('visit.drawnOn')} rules={required}>
        <DatePicker maxDate={today} style={{ width: '100%' }} />
      </Form.Item>
    </div>
  );
}
