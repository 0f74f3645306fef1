import { Form, Input, InputNumber, Select } from 'antd';

import { useText } from '../frame/language.part.js';
import { MoneyField } from '../parts/money-field.part.js';
import { partsText } from '../parts/parts.text.js';
import { securities, useChoices } from '../parts/vocabulary.part.js';
import { DraftOptions } from './draft-options.part.js';
import { enterpriseText } from './enterprise.text.js';

export function MoneyStep() {
  const text = useText(enterpriseText);
  const parts = useText(partsText);
  const choices = useChoices();
  return (
    <>
      <div className="pair">
        <Form.Item
          name="amountFen"
          label={text('field.amount')}
          rules={[{ required: true, message: parts('money.invalid') }]}
        >
          <MoneyField />
        </Form.Item>
        <Form.Item
          name="termMonths"
          label={text('field.term')}
          rules={[{ required: true, message: text('draft.termWrong') }]}
        >
          <InputNumber min={1} max={360} precision={0} suffix={text('draft.months')} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="security"
          label={text('field.security')}
          rules={[{ required: true, message: parts('required') }]}
        >
          <Select options={choices('security', securities)} />
        </Form.Item>
        <Form.Item name="ratePercent" label={text('field.rateMax')} extra={text('draft.rateHint')}>
          <InputNumber min={0.01} max={36} step={0.05} precision={2} suffix="%" style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item
        name="purpose"
        label={text('field.purpose')}
        extra={text('draft.purposeHint')}
        rules={[{ required: true, whitespace: true, message: parts('required') }]}
      >
        <Input.TextArea rows={3} maxLength={200} showCount />
      </Form.Item>
    </>
  );
}

export function ContactStep() {
  const text = useText(enterpriseText);
  const parts = useText(partsText);
  return (
    <>
      <Form.Item
        name="name"
        label={text('field.contact')}
        extra={text('draft.hiddenNote')}
        rules={[{ required: true, whitespace: true, message: parts('required') }]}
      >
        <Input maxLength={50} autoComplete="name" />
      </Form.Item>
      <Form.Item
        name="phone"
        label={text('field.phone')}
        rules={[{ required: true, pattern: /^\+?[\d\s-]{7,20}$/, message: text('draft.phoneWrong') }]}
        validateTrigger="onBlur"
      >
        <Input inputMode="tel" autoComplete="tel" />
      </Form.Item>
      <DraftOptions />
    </>
  );
}
