import { App, Button, DatePicker, Form, Input, Modal, Segmented, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { useFeeds } from '../operator/feed.query.js';
import { dayOf } from '../parts/format.rules.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { useNewHold, type NewHold } from './retention.query.js';
import { retentionText } from './retention.text.js';

export function PlaceHold() {
  const text = useText(retentionText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" type="primary" onClick={() => setOpen(true)}>
        {text('place')}
      </Button>
      <Modal open={open} title={text('place')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <HoldForm close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

interface Fields {
  readonly kind: NewHold['kind'];
  readonly uscc?: string;
  readonly feed?: string | null;
  readonly recordKey?: string;
  readonly until?: Dayjs | null;
  readonly reason: string;
  readonly document: string;
}

function holdOf({ kind, uscc, feed, recordKey, until, reason, document }: Fields): NewHold {
  return {
    kind,
    reason: reason.trim(),
    document: document.trim(),
    ...(uscc?.trim() ? { uscc: uscc.trim().toUpperCase() } : {}),
    ...(feed ? { feed } : {}),
    ...(feed && recordKey?.trim() ? { recordKey: recordKey.trim() } : {}),
    ...(kind === 'DUTY' && until ? { until: until.format('YYYY-MM-DD') } : {}),
  };
}

function HoldForm({ close }: { close: () => void }) {
  const text = useText(retentionText);
  const { message } = App.useApp();
  const hold = useNewHold();
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch('kind', form) ?? 'LEGAL_HOLD';
  const submit = async (fields: Fields) => {
    await hold.mutateAsync(holdOf(fields));
    message.success(text('place.done'));
    close();
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: 'LEGAL_HOLD' }}
      onFinish={(fields) => void submit(fields).catch(() => undefined)}
    >
      <p className="quiet">{text('place.what')}</p>
      <Form.Item name="kind" label={text('kind')}>
        <Segmented options={(['LEGAL_HOLD', 'DUTY'] as const).map((value) => ({ value, label: text(value) }))} />
      </Form.Item>
      <HoldScope />
      {kind === 'DUTY' ? (
        <Form.Item name="until" label={text('until')}>
          <DatePicker minDate={dayjs(dayOf(new Date()))} />
        </Form.Item>
      ) : null}
      <HoldReason />
      {hold.error ? <ProblemView error={hold.error} /> : null}
      <Button type="primary" htmlType="submit" loading={hold.isPending}>
        {text('submit')}
      </Button>
    </Form>
  );
}

/** An enterprise, a feed, or both; a record only inside its feed. */
function HoldScope() {
  const text = useText(retentionText);
  const { data: feeds } = useFeeds();
  const form = Form.useFormInstance<Fields>();
  const feed = Form.useWatch('feed', form);
  const some = {
    validator: () =>
      form.getFieldValue('uscc') || form.getFieldValue('feed')
        ? Promise.resolve()
        : Promise.reject(new Error(text('scope.missing'))),
  };
  return (
    <>
      <Form.Item name="uscc" label={text('uscc')} rules={[some]} dependencies={['feed']}>
        <Input maxLength={18} />
      </Form.Item>
      <Form.Item name="feed" label={text('feed')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={feeds?.items.map((one) => ({ value: one.feed, label: `${one.title} ${one.feed}` })) ?? []}
        />
      </Form.Item>
      {feed ? (
        <Form.Item name="recordKey" label={text('key')}>
          <Input maxLength={200} />
        </Form.Item>
      ) : null}
    </>
  );
}

function HoldReason() {
  const text = useText(retentionText);
  const rules = [{ required: true, whitespace: true, min: 2, message: useText(partsText)('required') }];
  return (
    <>
      <Form.Item name="reason" label={text('reason')} rules={rules}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="document" label={text('document')} rules={rules}>
        <Input maxLength={100} />
      </Form.Item>
    </>
  );
}
