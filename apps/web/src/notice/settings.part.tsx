import { App, Button, Form, type FormRule, Input } from 'antd';

import { useText } from '../frame/language.part.js';
import { Section } from '../parts/page.part.js';
import { Answer, ProblemView } from '../parts/states.part.js';
import { Contacts } from './contacts.part.js';
import { useChangeSetting, useSetting, type Setting } from './notice.query.js';
import { noticeText } from './notice.text.js';

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

interface Fields {
  quietFrom?: string;
  quietTo?: string;
  digestAt: string;
}

/** Quiet hours, time of the digest, and where messages go. */
export function Settings() {
  const setting = useSetting();
  return <Answer query={setting}>{(found) => <SettingForm setting={found} />}</Answer>;
}

function SettingForm({ setting }: { setting: Setting }) {
  const text = useText(noticeText);
  return (
    <Section title={text('setting.quiet')} note={text('setting.quietHint')}>
      <Times setting={setting} />
      <Contacts setting={setting} />
    </Section>
  );
}

function Times({ setting }: { setting: Setting }) {
  const text = useText(noticeText);
  const { message } = App.useApp();
  const change = useChangeSetting();
  const time = { pattern: clock, message: text('setting.bad') };
  const submit = async ({ quietFrom, quietTo, digestAt }: Fields) => {
    await change.mutateAsync({ quietFrom: quietFrom || null, quietTo: quietTo || null, digestAt });
    message.success(text('setting.saved'));
  };
  return (
    <>
      <Form
        layout="inline"
        requiredMark={false}
        initialValues={{ ...setting }}
        onFinish={(fields: Fields) => void submit(fields).catch(() => undefined)}
      >
        <Form.Item name="quietFrom" label={text('setting.from')} rules={[time]}>
          <Input placeholder="22:00" maxLength={5} className="clock-field" />
        </Form.Item>
        <Form.Item
          name="quietTo"
          label={text('setting.to')}
          dependencies={['quietFrom']}
          rules={[time, bothOrNeither(text('setting.bad'))]}
        >
          <Input placeholder="07:30" maxLength={5} className="clock-field" />
        </Form.Item>
        <Form.Item name="digestAt" label={text('setting.digest')} rules={[{ ...time, required: true }]}>
          <Input maxLength={5} className="clock-field" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {text('setting.save')}
        </Button>
      </Form>
      {change.error ? <ProblemView error={change.error} /> : null}
    </>
  );
}

const bothOrNeither =
  (fault: string): FormRule =>
  ({ getFieldValue }) => ({
    validator: (_, to?: string) =>
      Boolean(to) === Boolean(getFieldValue('quietFrom')) ? Promise.resolve() : Promise.reject(new Error(fault)),
  });
