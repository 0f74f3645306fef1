import { App, Button, Form, Input, InputNumber, Select } from 'antd';

import { useText } from '../frame/language.part.js';
import { MoneyField } from '../parts/money-field.part.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { securities, useChoices } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { useNewProduct, type WriteProduct } from './product.query.js';

interface Fields {
  readonly name: string;
  readonly description?: string;
  readonly amountMinFen: string;
  readonly amountMaxFen: string;
  readonly termMonthsMin: number;
  readonly termMonthsMax: number;
  readonly rateMin: number;
  readonly rateMax: number;
  readonly security: WriteProduct['security'];
}

const written = ({ rateMin, rateMax, ...fields }: Fields): WriteProduct => ({
  ...fields,
  annualRateBpMin: Math.round(rateMin * 100),
  annualRateBpMax: Math.round(rateMax * 100),
});

export function ProductForm({ done }: { done: () => void }) {
  const text = useText(bankText);
  const { message } = App.useApp();
  const product = useNewProduct();
  const submit = async (fields: Fields) => {
    await product.mutateAsync(written(fields));
    message.success(text('products.done'));
    done();
  };
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={(fields: Fields) => void submit(fields).catch(() => undefined)}
    >
      <ProductFields />
      {product.error ? <ProblemView error={product.error} /> : null}
      <Button type="primary" htmlType="submit" loading={product.isPending}>
        {text('products.submit')}
      </Button>
    </Form>
  );
}

function ProductFields() {
  const text = useText(bankText);
  const parts = useText(partsText);
  const choices = useChoices();
  const rules = [{ required: true, message: parts('required') }];
  const pair = (label: 'amount' | 'term' | 'rate', end: 'from' | 'to') =>
    `${text(`products.${label}`)} · ${text(`products.${end}`)}`;
  const months = <InputNumber min={1} max={360} precision={0} style={{ width: '100%' }} />;
  const rate = <InputNumber min={0} max={36} precision={2} step={0.05} suffix="%" style={{ width: '100%' }} />;
  return (
    <>
      <Form.Item name="name" label={text('products.name')} rules={rules}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="description" label={text('products.description')}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="amountMinFen" label={pair('amount', 'from')} rules={rules}>
          <MoneyField />
        </Form.Item>
        <Form.Item name="amountMaxFen" label={pair('amount', 'to')} rules={rules}>
          <MoneyField />
        </Form.Item>
        <Form.Item name="termMonthsMin" label={pair('term', 'from')} rules={rules}>
          {months}
        </Form.Item>
        <Form.Item name="termMonthsMax" label={pair('term', 'to')} rules={rules}>
          {months}
        </Form.Item>
        <Form.Item name="rateMin" label={pair('rate', 'from')} rules={rules}>
          {rate}
        </Form.Item>
        <Form.Item name="rateMax" label={pair('rate', 'to')} rules={rules}>
          {rate}
        </Form.Item>
      </div>
      <Form.Item name="security" label={text('products.security')} rules={rules}>
        <Select mode="multiple" options={choices('security', securities)} />
      </Form.Item>
    </>
  );
}
