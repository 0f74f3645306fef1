import { Checkbox, Form, Radio, Select } from 'antd';

import { useInstitutions } from '../client/institution.query.js';
import { useText } from '../frame/language.part.js';
import { partsText } from '../parts/parts.text.js';
import type { DraftFields } from './draft.query.js';
import { needWorkText } from './need-work.text.js';

/** Whether one bank looks first, whether places go by lot, whether several may lend; each in plain words. */
export function DraftOptions() {
  const text = useText(needWorkText);
  const required = { required: true, message: useText(partsText)('required') };
  const form = Form.useFormInstance<DraftFields>();
  const firstLook = Form.useWatch('firstLook', form);
  const banks = (useInstitutions().data ?? [])
    .filter(({ memberships }) => memberships.includes('MARKETPLACE'))
    .map(({ code, name }) => ({ value: code, label: name }));
  return (
    <fieldset className="options">
      <legend>{text('options.title')}</legend>
      <Form.Item name="firstLook" label={text('options.firstLook')}>
        <Radio.Group
          options={(['nobody', 'directed', 'house'] as const).map((value) => ({
            value,
            label: text(`options.${value}`),
          }))}
        />
      </Form.Item>
      {firstLook === 'directed' || firstLook === 'house' ? (
        <Form.Item name="firstBank" label={text('options.bank')} extra={text('options.bankHint')} rules={[required]}>
          <Select showSearch optionFilterProp="label" options={banks} />
        </Form.Item>
      ) : null}
      <Form.Item name="fairWindow" valuePropName="checked" noStyle>
        <Checkbox>{text('options.fair')}</Checkbox>
      </Form.Item>
      <Form.Item name="severalLenders" valuePropName="checked">
        <Checkbox>{text('options.several')}</Checkbox>
      </Form.Item>
    </fieldset>
  );
}
