import { App, Button, Drawer, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';

import { useInstitutions } from '../client/institution.query.js';
import { useText } from '../frame/language.part.js';
import { addDays, dayOf } from '../parts/format.rules.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { useNewCampaign, type WriteCampaign as Draft } from './campaign.query.js';
import { campaignText } from './campaign.text.js';
import { given } from './given.rules.js';
import { Period, SelectionFields } from './selection.part.js';

interface Fields extends Omit<Draft, 'opensOn' | 'closesOn' | 'idleDays' | 'openPerInstitution'> {
  readonly opens: Dayjs;
  readonly closes: Dayjs;
  readonly idleDays?: number | null;
  readonly openPerInstitution?: number | null;
}

/** Scope and banks of a campaign; whom it reaches is worked out when it opens. */
export function WriteCampaign() {
  const text = useText(campaignText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {text('campaign.new')}
      </Button>
      <Drawer title={text('campaign.newTitle')} open={open} onClose={() => setOpen(false)} size={640} destroyOnHidden>
        <DraftForm close={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

const bodyOf = ({ title, rules, opens, closes, ...chosen }: Fields): Draft =>
  ({
    title: title.trim(),
    opensOn: opens.format('YYYY-MM-DD'),
    closesOn: closes.format('YYYY-MM-DD'),
    ...given({ rules: rules?.trim(), ...chosen }),
  }) as Draft;

function DraftForm({ close }: { close: () => void }) {
  const text = useText(campaignText);
  const required = { required: true, message: useText(partsText)('required') };
  const { message } = App.useApp();
  const draft = useNewCampaign();
  const today = dayOf(new Date());
  const submit = async (fields: Fields) => {
    await draft.mutateAsync(bodyOf(fields));
    message.success(text('campaign.saved'));
    close();
  };
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      initialValues={{ opens: dayjs(today), closes: dayjs(addDays(today, 90)) }}
      onFinish={(fields: Fields) => void submit(fields).catch(() => undefined)}
    >
      <Form.Item name="title" label={text('campaign.name')} rules={[{ ...required, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="rules" label={text('campaign.rules')}>
        <Input.TextArea rows={3} maxLength={2_000} />
      </Form.Item>
      <Period opens={text('campaign.opens')} closes={text('campaign.closes')} fault={text('campaign.order')} />
      <p className="quiet">{text('campaign.scopeHint')}</p>
      <SelectionFields />
      <BankFields />
      {draft.error ? <ProblemView error={draft.error} /> : null}
      <Button type="primary" htmlType="submit" loading={draft.isPending}>
        {text('campaign.save')}
      </Button>
    </Form>
  );
}

function BankFields() {
  const text = useText(campaignText);
  const institutions = useInstitutions().data ?? [];
  const number = (max: number) => <InputNumber min={1} max={max} precision={0} style={{ width: '100%' }} />;
  return (
    <>
      <Form.Item name="institutions" label={text('campaign.institutions')}>
        <Select
          mode="multiple"
          allowClear
          optionFilterProp="label"
          placeholder={text('campaign.allMembers')}
          options={institutions.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      <div className="pair">
        <Form.Item name="idleDays" label={text('campaign.idleDays')} extra={text('campaign.optional')}>
          {number(365)}
        </Form.Item>
        <Form.Item name="openPerInstitution" label={text('campaign.openPer')} extra={text('campaign.optional')}>
          {number(10_000)}
        </Form.Item>
      </div>
    </>
  );
}
