import { Button, Checkbox, Drawer, Form, Input } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ProblemView } from '../parts/states.part.js';
import { useRegistration, type Registration, type WebhookKind } from './webhook.query.js';
import { webhookText } from './webhook.text.js';

/** Every kind once, in the order in which a case goes; a kind that is missing here does not compile. */
const order: Record<WebhookKind, true> = {
  'search.hit': true,
  'waiting.passed': true,
  'case.opened': true,
  'deadline.neared': true,
  'clock.changed': true,
  'case.received': true,
  'case.handed-over': true,
  'case.lapsed': true,
  'case.cancelled': true,
  'case.lost': true,
  'case.accepted': true,
  'feedback.given': true,
  'complaint.opened': true,
  'complaint.decided': true,
  'safety.noted': true,
  'first-loan.assigned': true,
  'headroom.crossed': true,
  'membership.changed': true,
};
const kinds = Object.keys(order) as WebhookKind[];

export function AddWebhook({ show }: { show: (secret: string) => void }) {
  const text = useText(webhookText);
  const [open, setOpen] = useState(false);
  const added = (secret: string) => {
    setOpen(false);
    show(secret);
  };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {text('add')}
      </Button>
      <Drawer title={text('addTitle')} open={open} onClose={() => setOpen(false)} size={560} destroyOnHidden>
        <AddForm added={added} />
      </Drawer>
    </>
  );
}

function AddForm({ added }: { added: (secret: string) => void }) {
  const text = useText(webhookText);
  const registration = useRegistration();
  const [form] = Form.useForm<Registration>();
  const submit = async ({ url, kinds: chosen }: Registration) => {
    const { secret } = await registration.mutateAsync({ url: url.trim(), kinds: chosen });
    added(secret);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ kinds }}
      onFinish={(fields) => void submit(fields).catch(() => undefined)}
    >
      <Form.Item
        name="url"
        label={text('url')}
        extra={text('urlHint')}
        rules={[{ required: true, pattern: /^\s*https:\/\/\S+\s*$/, message: text('urlBad') }]}
      >
        <Input maxLength={500} inputMode="url" autoComplete="off" placeholder="https://" />
      </Form.Item>
      <Form.Item
        name="kinds"
        label={text('kinds')}
        rules={[{ required: true, type: 'array', message: text('kindsNone') }]}
      >
        <Checkbox.Group
          className="kind-choices"
          options={kinds.map((value) => ({ value, label: text(`kind.${value}`) }))}
        />
      </Form.Item>
      <p>
        <Button size="small" onClick={() => form.setFieldValue('kinds', kinds)}>
          {text('kindsAll')}
        </Button>
      </p>
      {registration.error ? <ProblemView error={registration.error} /> : null}
      <Button type="primary" htmlType="submit" className="gap" loading={registration.isPending}>
        {text('submit')}
      </Button>
    </Form>
  );
}
