import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { MoneyField } from '../parts/money-field.part.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { repayments, securities, useChoices } from '../parts/vocabulary.part.js';
import { AdmissionEditor, AdmissionView } from './admission.part.js';
import { linesOf, ruleOf, type Admission } from './admission.rules.js';
import { bankText } from './bank.text.js';
import { families, type Product, type WriteProduct } from './product.query.js';
import { shelfText } from './shelf.text.js';

interface Fields extends Omit<WriteProduct, 'admission' | 'annualRateBpMin' | 'annualRateBpMax' | 'effectiveFrom'> {
  readonly rateMin: number;
  readonly rateMax: number;
  readonly from?: Dayjs;
}

interface ProductFormProps {
  readonly start?: Partial<WriteProduct>;
  readonly submitLabel: string;
  /** An edit of what is on the shelf may say from when it holds. */
  readonly dated?: boolean;
  readonly mayDraft?: boolean;
  /** The family belongs to the programme. */
  readonly fixedFamily?: boolean;
  readonly save: { mutateAsync: (body: WriteProduct) => Promise<unknown>; isPending: boolean; error: Error | null };
  readonly done: () => void;
}

/** A product as it would be written again, for an edit that sends the whole of it. */
export const writtenOf = (product: Product): WriteProduct => ({
  name: product.name,
  description: product.description,
  family: product.family,
  amountMinFen: product.amountMinFen,
  amountMaxFen: product.amountMaxFen,
  termMonthsMin: product.termMonthsMin,
  termMonthsMax: product.termMonthsMax,
  annualRateBpMin: product.annualRateBpMin,
  annualRateBpMax: product.annualRateBpMax,
  security: product.security,
  repayment: product.repayment,
  fees: product.fees.map(({ kind, ofAmountBp, amountFen }) => ({
    kind,
    ...(ofAmountBp === null ? {} : { ofAmountBp }),
    ...(amountFen === null ? {} : { amountFen }),
  })),
  ...(product.admission ? { admission: product.admission } : {}),
});

function bodyOf({ rateMin, rateMax, from, ...fields }: Fields, start: Partial<WriteProduct>, rule?: Admission) {
  const { admission: _old, annualRateBpMin: _min, annualRateBpMax: _max, ...kept } = start;
  const { description, ...rest } = { ...kept, ...fields };
  return {
    ...rest,
    ...(description?.trim() ? { description: description.trim() } : {}),
    annualRateBpMin: Math.round(rateMin * 100),
    annualRateBpMax: Math.round(rateMax * 100),
    ...(rule ? { admission: rule } : {}),
    ...(from ? { effectiveFrom: from.format('YYYY-MM-DD') } : {}),
  } as WriteProduct;
}

function startOf(start: Partial<WriteProduct>) {
  const { annualRateBpMin: low, annualRateBpMax: high } = start;
  return {
    family: 'GENERAL',
    repayment: [...repayments],
    ...start,
    ...(low === undefined ? {} : { rateMin: low / 100 }),
    ...(high === undefined ? {} : { rateMax: high / 100 }),
  };
}

export function ProductForm(props: ProductFormProps) {
  const { start = {}, submitLabel, dated, mayDraft, fixedFamily, save, done } = props;
  const text = useText(shelfText);
  const old = (start.admission ?? null) as Admission | null;
  const known = linesOf(old);
  const [lines, setLines] = useState(known ?? []);
  const rule = known === null ? (old ?? undefined) : ruleOf(lines);
  const submit = async (fields: Fields) => {
    if (rule === null) return;
    await save.mutateAsync(bodyOf(fields, start, rule));
    done();
  };
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      initialValues={startOf(start)}
      onFinish={(fields: Fields) => void submit(fields).catch(() => undefined)}
    >
      <TermFields fixedFamily={fixedFamily ?? false} repaid />
      <h3>{text('admission')}</h3>
      {known === null ? (
        <>
          <p className="notice">{text('admission.kept')}</p>
          <AdmissionView rule={old} />
        </>
      ) : (
        <AdmissionEditor lines={lines} onChange={(changed) => setLines([...changed])} />
      )}
      {dated ? <EffectiveFrom /> : null}
      {mayDraft ? <AsDraft /> : null}
      {save.error ? <ProblemView error={save.error} /> : null}
      <Button type="primary" htmlType="submit" disabled={rule === null} loading={save.isPending}>
        {submitLabel}
      </Button>
    </Form>
  );
}

const EffectiveFrom = () => (
  <Form.Item name="from" label={useText(shelfText)('edit.from')}>
    <DatePicker />
  </Form.Item>
);

const AsDraft = () => (
  <Form.Item name="draft" valuePropName="checked">
    <Checkbox>{useText(shelfText)('draft')}</Checkbox>
  </Form.Item>
);

interface TermFieldsProps {
  readonly fixedFamily: boolean;
  /** A product says how it is repaid; the frame of a programme leaves that to its banks. */
  readonly repaid: boolean;
}

/** Ranges of a product, or of the frame of a programme. */
export function TermFields({ fixedFamily, repaid }: TermFieldsProps) {
  const text = useText(bankText);
  const shelf = useText(shelfText);
  const parts = useText(partsText);
  const choices = useChoices();
  const rules = [{ required: true, message: parts('required') }];
  const pair = (label: 'amount' | 'term' | 'rate', end: 'from' | 'to') =>
    `${text(`products.${label}`)} · ${text(`products.${end}`)}`;
  const months = <InputNumber min={1} max={360} precision={0} style={{ width: '100%' }} />;
  const rate = <InputNumber min={0} max={36} precision={2} step={0.05} suffix="%" style={{ width: '100%' }} />;
  const field = (name: string, label: string, input: React.ReactNode) => (
    <Form.Item name={name} label={label} rules={rules}>
      {input}
    </Form.Item>
  );
  return (
    <>
      {field('name', text('products.name'), <Input maxLength={60} />)}
      <Form.Item name="description" label={text('products.description')}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
      {field(
        'family',
        shelf('family'),
        <Select
          disabled={fixedFamily}
          options={families.map((value) => ({ value, label: shelf(`family.${value}`) }))}
        />,
      )}
      <div className="pair">
        {field('amountMinFen', pair('amount', 'from'), <MoneyField />)}
        {field('amountMaxFen', pair('amount', 'to'), <MoneyField />)}
        {field('termMonthsMin', pair('term', 'from'), months)}
        {field('termMonthsMax', pair('term', 'to'), months)}
        {field('rateMin', pair('rate', 'from'), rate)}
        {field('rateMax', pair('rate', 'to'), rate)}
      </div>
      {field(
        'security',
        text('products.security'),
        <Select mode="multiple" options={choices('security', securities)} />,
      )}
      {repaid
        ? field('repayment', shelf('repayment'), <Select mode="multiple" options={choices('repayment', repayments)} />)
        : null}
    </>
  );
}
