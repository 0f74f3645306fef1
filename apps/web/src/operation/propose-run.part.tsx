import { App, Button, DatePicker, Form, Input, InputNumber, Modal, Segmented, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { useFeeds } from '../operator/feed.query.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { useNewRun, type NewRun } from './run.query.js';
import { runText } from './run.text.js';

export function ProposeRun() {
  const text = useText(runText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" type="primary" onClick={() => setOpen(true)}>
        {text('propose')}
      </Button>
      <Modal open={open} title={text('propose')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <RunForm close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

interface Fields {
  readonly kind: NewRun['kind'];
  readonly feed: string;
  readonly contract: NonNullable<NewRun['contract']>;
  readonly from?: Dayjs | null;
  readonly before?: Dayjs | null;
  readonly perSecond?: number | null;
  readonly reason: string;
}

/** Days of a replay begin at midnight in Suzhou. */
const midnight = (day: Dayjs): string => `${day.format('YYYY-MM-DD')}T00:00:00+08:00`;

function runOf({ kind, feed, contract, from, before, perSecond, reason }: Fields): NewRun {
  const run = { kind, feed, reason: reason.trim() };
  if (kind === 'REBUILD') return perSecond ? { ...run, perSecond } : run;
  return {
    ...run,
    contract,
    ...(from ? { receivedFrom: midnight(from) } : {}),
    ...(before ? { receivedBefore: midnight(before) } : {}),
  };
}

function RunForm({ close }: { close: () => void }) {
  const text = useText(runText);
  const parts = useText(partsText);
  const { message } = App.useApp();
  const { data: feeds } = useFeeds();
  const run = useNewRun();
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch('kind', form) ?? 'REPLAY_FEED';
  const submit = async (fields: Fields) => {
    await run.mutateAsync(runOf(fields));
    message.success(text('done'));
    close();
  };
  const rules = [{ required: true, message: parts('required') }];
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: 'REPLAY_FEED', contract: 'MENDED', perSecond: 500 }}
      onFinish={(fields) => void submit(fields).catch(() => undefined)}
    >
      <Form.Item name="kind" label={text('kind')} extra={text(`what.${kind}`)}>
        <Segmented options={(['REPLAY_FEED', 'REBUILD'] as const).map((value) => ({ value, label: text(value) }))} />
      </Form.Item>
      <Form.Item name="feed" label={text('feed')} rules={rules}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={feeds?.items.map((one) => ({ value: one.feed, label: `${one.title} ${one.feed}` })) ?? []}
        />
      </Form.Item>
      {kind === 'REBUILD' ? <RebuildFields /> : <ReplayFields />}
      <Form.Item name="reason" label={text('reason')} rules={[{ ...rules[0], whitespace: true, min: 2 }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      {run.error ? <ProblemView error={run.error} /> : null}
      <Button type="primary" htmlType="submit" loading={run.isPending}>
        {text('submit')}
      </Button>
    </Form>
  );
}

function RebuildFields() {
  const text = useText(runText);
  return (
    <Form.Item name="perSecond" label={text('perSecond')}>
      <InputNumber min={1} max={5_000} precision={0} />
    </Form.Item>
  );
}

function ReplayFields() {
  const text = useText(runText);
  const readings = (['MENDED', 'CURRENT'] as const).map((value) => ({ value, label: text(value) }));
  return (
    <>
      <Form.Item name="contract" label={text('contract')}>
        <Select options={readings} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="from" label={text('from')}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="before" label={text('before')}>
          <DatePicker />
        </Form.Item>
      </div>
    </>
  );
}
