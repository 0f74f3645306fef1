import { App, Button, DatePicker, Form, Input, InputNumber, Modal, Switch } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactElement } from 'react';

import { useText } from '../frame/language.part.js';
import { dayOf } from '../parts/format.rules.js';
import { MoneyField } from '../parts/money-field.part.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { useLimitWords } from './limit-columns.part.js';
import { LimitScope, scopeIn, type ScopeFields } from './limit-scope.part.js';
import { useProposal, type LimitChange, type Proposal } from './limit.query.js';
import { operatorText } from './operator.text.js';

interface Fields extends ScopeFields {
  readonly value: Proposal['value'];
  readonly from: Dayjs;
  readonly reason: string;
}

/** Proposes another value; it takes effect only when another operator approves it. */
export function ProposeLimit({ limit }: { limit: LimitChange }) {
  const text = useText(operatorText);
  const { nameOf } = useLimitWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        onClick={() => setOpen(true)}
        aria-label={text('limit.changeTitle', { what: nameOf(limit) })}
      >
        {text('limit.change')}
      </Button>
      <Modal
        open={open}
        title={text('limit.changeTitle', { what: nameOf(limit) })}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <ProposalForm limit={limit} close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function ProposalForm({ limit, close }: { limit: LimitChange; close: () => void }) {
  const text = useText(operatorText);
  const parts = useText(partsText);
  const { valueOf } = useLimitWords();
  const { message } = App.useApp();
  const proposal = useProposal();
  const today = dayjs(dayOf(new Date()));
  const submit = async ({ value, from, reason, ...where }: Fields) => {
    await proposal.mutateAsync({
      what: limit.what as Proposal['what'],
      value,
      effectiveFrom: from.format('YYYY-MM-DD'),
      reason: reason.trim(),
      ...scopeIn(where),
    });
    message.success(text('limit.done'));
    close();
  };
  const rules = [{ required: true, message: parts('required') }];
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      initialValues={{ value: limit.value, from: today, by: 'everywhere' }}
      onFinish={(fields: Fields) => void submit(fields).catch(() => undefined)}
    >
      <Form.Item
        name="value"
        label={text('limit.newValue')}
        extra={text('limit.now', { value: valueOf(limit) })}
        valuePropName={typeof limit.value === 'boolean' ? 'checked' : 'value'}
        rules={rules}
      >
        {fieldOf(limit)}
      </Form.Item>
      <LimitScope />
      <Form.Item name="from" label={text('limit.from')} rules={rules}>
        <DatePicker minDate={today} allowClear={false} />
      </Form.Item>
      <Form.Item name="reason" label={text('limit.reason')} rules={[{ ...rules[0], whitespace: true }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      {proposal.error ? <ProblemView error={proposal.error} /> : null}
      <Button type="primary" htmlType="submit" loading={proposal.isPending}>
        {text('limit.submit')}
      </Button>
    </Form>
  );
}

function fieldOf({ what, value }: LimitChange): ReactElement {
  if (typeof value === 'boolean') return <Switch />;
  if (typeof value === 'string') return <MoneyField />;
  if (what.endsWith('Bp')) return <ShareField />;
  return <InputNumber precision={0} min={0} style={{ width: '100%' }} />;
}

interface ShareFieldProps {
  readonly id?: string;
  readonly value?: number;
  readonly onChange?: (bp: number | null) => void;
}

/** A share typed in percent, as it is shown everywhere, and held in basis points. */
function ShareField({ id, value, onChange }: ShareFieldProps) {
  return (
    <InputNumber
      {...(id ? { id } : {})}
      min={0}
      precision={2}
      suffix="%"
      value={value === undefined ? null : value / 100}
      onChange={(percent) => onChange?.(percent === null ? null : Math.round(percent * 100))}
      style={{ width: '100%' }}
    />
  );
}
