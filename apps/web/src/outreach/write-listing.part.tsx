import { App, Button, Drawer, Form, Input, InputNumber, Segmented, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { addDays, dayOf } from '../parts/format.rules.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { industries, useChoices } from '../parts/vocabulary.part.js';
import { codesIn } from './credit-codes.rules.js';
import { given } from './given.rules.js';
import { useNewListing, type WriteListing as Draft } from './listing.query.js';
import { listingText } from './listing.text.js';
import { Period, SelectionFields } from './selection.part.js';

interface Fields {
  readonly title: string;
  readonly rules?: string;
  readonly industry?: string;
  readonly opens: Dayjs;
  readonly closes: Dayjs;
  readonly banksPerEntry?: number | null;
  readonly openPerInstitution?: number | null;
  readonly by: 'query' | 'codes';
  readonly codes?: string;
  readonly districts?: string[];
  readonly industries?: string[];
  readonly tiers?: NonNullable<Draft['query']>['tiers'];
  readonly titles?: string[];
}

/** A department chooses enterprises by public facts, or names them; nobody is asked before it is published. */
export function WriteListing() {
  const text = useText(listingText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {text('draft.new')}
      </Button>
      <Drawer title={text('draft.title')} open={open} onClose={() => setOpen(false)} size={640} destroyOnHidden>
        <DraftForm close={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function bodyOf({ by, codes, opens, closes, title, rules, ...fields }: Fields): Draft {
  const { districts, industries: trades, tiers, titles, ...numbers } = fields;
  return {
    title: title.trim(),
    opensOn: opens.format('YYYY-MM-DD'),
    closesOn: closes.format('YYYY-MM-DD'),
    ...given({ rules: rules?.trim(), ...numbers }),
    ...(by === 'codes'
      ? { usccs: [...codesIn(codes ?? '').codes] }
      : { query: given({ districts, industries: trades, tiers, titles }) }),
  } as Draft;
}

function DraftForm({ close }: { close: () => void }) {
  const text = useText(listingText);
  const parts = useText(partsText);
  const choices = useChoices();
  const { message } = App.useApp();
  const draft = useNewListing();
  const today = dayOf(new Date());
  const submit = async (fields: Fields) => {
    const { entries } = await draft.mutateAsync(bodyOf(fields));
    message.success(text('draft.done', { entries }));
    close();
  };
  const required = [{ required: true, message: parts('required') }];
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      initialValues={{ by: 'query', opens: dayjs(today), closes: dayjs(addDays(today, 60)) }}
      onFinish={(fields: Fields) => void submit(fields).catch(() => undefined)}
    >
      <Form.Item name="title" label={text('draft.name')} rules={[{ ...required[0], whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="rules" label={text('listing.rules')}>
        <Input.TextArea rows={3} maxLength={2_000} />
      </Form.Item>
      <Form.Item name="industry" label={text('listing.industry')}>
        <Select allowClear showSearch optionFilterProp="label" options={choices('industry', industries)} />
      </Form.Item>
      <Period opens={text('listing.opens')} closes={text('listing.closes')} fault={text('draft.order')} />
      <Numbers />
      <Who />
      {draft.error ? <ProblemView error={draft.error} /> : null}
      <Button type="primary" htmlType="submit" loading={draft.isPending}>
        {text('draft.save')}
      </Button>
    </Form>
  );
}

function Numbers() {
  const text = useText(listingText);
  const number = <InputNumber min={1} max={1_000} precision={0} style={{ width: '100%' }} />;
  return (
    <div className="pair">
      <Form.Item name="banksPerEntry" label={text('listing.banks')} extra={text('draft.optional')}>
        {number}
      </Form.Item>
      <Form.Item name="openPerInstitution" label={text('listing.open')} extra={text('draft.optional')}>
        {number}
      </Form.Item>
    </div>
  );
}

function Who() {
  const text = useText(listingText);
  const by = Form.useWatch<Fields['by'] | undefined>('by');
  return (
    <>
      <Form.Item name="by" label={text('draft.by')}>
        <Segmented
          options={[
            { value: 'query', label: text('draft.by.query') },
            { value: 'codes', label: text('draft.by.codes') },
          ]}
        />
      </Form.Item>
      {by === 'codes' ? <Codes /> : <SelectionFields titles needOne={text('draft.needOne')} />}
    </>
  );
}

function Codes() {
  const text = useText(listingText);
  const required = useText(partsText)('required');
  const check = (_: unknown, words: string | undefined) => {
    const { codes, fault } = codesIn(words ?? '');
    if (fault) return Promise.reject(new Error(text('draft.codesBad', { line: fault.line, code: fault.code })));
    return codes.length > 0 ? Promise.resolve() : Promise.reject(new Error(required));
  };
  return (
    <Form.Item
      name="codes"
      label={text('draft.codes')}
      extra={text('draft.codesHint')}
      rules={[{ validator: check }]}
      validateTrigger="onBlur"
    >
      <Input.TextArea rows={8} className="raw-input" spellCheck={false} />
    </Form.Item>
  );
}
