import { DatePicker, Form, Select, type FormRule } from 'antd';
import type { Dayjs } from 'dayjs';

import { useText } from '../frame/language.part.js';
import { partsText } from '../parts/parts.text.js';
import { districts, industries, tiers, useChoices } from '../parts/vocabulary.part.js';
import { listingText } from './listing.text.js';

/** First and last day of a list or a campaign. */
export function Period({ opens, closes, fault }: { opens: string; closes: string; fault: string }) {
  const required = { required: true, message: useText(partsText)('required') };
  const inOrder: FormRule = ({ getFieldValue }) => ({
    validator: (_, last?: Dayjs) => {
      const first = getFieldValue('opens') as Dayjs | undefined;
      return first && last && last.isBefore(first, 'day') ? Promise.reject(new Error(fault)) : Promise.resolve();
    },
  });
  return (
    <div className="pair">
      <Form.Item name="opens" label={opens} rules={[required]}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="closes" label={closes} dependencies={['opens']} rules={[required, inOrder]}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
    </div>
  );
}

interface SelectionProps {
  /** Titles can be asked for as well. */
  readonly titles?: boolean;
  /** Said when nothing is chosen; without it nothing means everybody. */
  readonly needOne?: string;
}

const kinds = ['districts', 'industries', 'tiers', 'titles'] as const;

/** Public facts by which enterprises are chosen: one of each kind, all kinds together. */
export function SelectionFields({ titles = false, needOne }: SelectionProps) {
  const text = useText(listingText);
  const choices = useChoices();
  const something: FormRule = ({ getFieldValue }) => ({
    validator: () => {
      const chosen = kinds.some((kind) => ((getFieldValue(kind) as string[] | undefined) ?? []).length > 0);
      return chosen || !needOne ? Promise.resolve() : Promise.reject(new Error(needOne));
    },
  });
  const many = { mode: 'multiple', allowClear: true, optionFilterProp: 'label', maxTagCount: 6 } as const;
  return (
    <>
      <Form.Item
        name="districts"
        label={text('draft.districts')}
        dependencies={kinds.slice(1)}
        rules={[something]}
        validateTrigger="onSubmit"
      >
        <Select {...many} options={choices('district', districts)} />
      </Form.Item>
      <Form.Item name="industries" label={text('draft.industries')}>
        <Select {...many} options={choices('industry', industries)} />
      </Form.Item>
      <Form.Item name="tiers" label={text('draft.tiers')}>
        <Select {...many} options={choices('tier', tiers)} />
      </Form.Item>
      {titles ? (
        <Form.Item name="titles" label={text('draft.titles')} extra={text('draft.titlesHint')}>
          <Select mode="tags" open={false} suffixIcon={null} maxCount={20} />
        </Form.Item>
      ) : null}
    </>
  );
}
