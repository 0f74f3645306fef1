import { Form, Select } from 'antd';

import { useInstitutions } from '../client/institution.query.js';
import { useText } from '../frame/language.part.js';
import { partsText } from '../parts/parts.text.js';
import { districts, useChoices } from '../parts/vocabulary.part.js';
import type { Proposal } from './limit.query.js';
import { useShelf } from './market.query.js';
import { operatorText } from './operator.text.js';

const ways = ['everywhere', 'institution', 'product', 'district', 'grade'] as const;
const grades = ['A', 'B', 'C', 'D'].map((value) => ({ value, label: value }));

export interface ScopeFields {
  readonly by: (typeof ways)[number];
  readonly scope?: string;
  /** Of a product: only for needs of this district. */
  readonly within?: string | null;
}

/** The one field of a proposal that says where it is to hold. */
export function scopeIn({
  by,
  scope,
  within,
}: ScopeFields): Pick<Proposal, 'institution' | 'productId' | 'district' | 'grade'> {
  if (by === 'everywhere' || !scope) return {};
  if (by === 'product') return { productId: scope, ...(within ? { district: within } : {}) };
  if (by === 'grade') return { grade: scope as NonNullable<Proposal['grade']> };
  return { [by]: scope };
}

/** For whom a value is to be: the market, or one bank, product, district or grade. The service says what a parameter allows. */
export function LimitScope() {
  const text = useText(operatorText);
  const choices = useChoices();
  const form = Form.useFormInstance<ScopeFields>();
  const by = Form.useWatch('by', form);
  return (
    <>
      <Form.Item name="by" label={text('limit.forWhom')}>
        <Select
          options={ways.map((value) => ({ value, label: text(`limit.by.${value}`) }))}
          onChange={() => form.resetFields(['scope', 'within'])}
        />
      </Form.Item>
      {by && by !== 'everywhere' ? <ScopeField by={by} /> : null}
      {by === 'product' ? (
        <Form.Item name="within" label={text('limit.within')}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={choices('district', districts)} />
        </Form.Item>
      ) : null}
    </>
  );
}

function ScopeField({ by }: { by: Exclude<ScopeFields['by'], 'everywhere'> }) {
  const text = useText(operatorText);
  const required = { required: true, message: useText(partsText)('required') };
  const institutions = useInstitutions().data ?? [];
  const choices = useChoices();
  const shelf = useShelf(by === 'product').data ?? [];
  const options = {
    product: shelf.map(({ id, name, institution }) => ({ value: id, label: `${name} · ${institution.name}` })),
    institution: institutions.map(({ code, name }) => ({ value: code, label: name })),
    district: choices('district', districts),
    grade: grades,
  };
  return (
    <Form.Item name="scope" label={text(`limit.by.${by}`)} rules={[required]}>
      <Select showSearch={{ optionFilterProp: 'label' }} options={options[by]} />
    </Form.Item>
  );
}
