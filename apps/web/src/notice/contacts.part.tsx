import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { Facts } from '../parts/page.part.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { useNameContact, useProveContact, useRemoveContact, type ContactChannel } from './contact.query.js';
import { contactText } from './contact.text.js';
import type { Setting } from './notice.query.js';

/** Where messages go: only addresses that their owner has proved, and only ways that this house can go. */
export function Contacts({ setting }: { setting: Setting }) {
  const channels = setting.channels.filter((channel): channel is ContactChannel => channel !== 'IN_APP');
  const text = useText(contactText);
  if (channels.length === 0) return null;
  return (
    <div className="gap">
      <Facts
        items={channels.map((channel) => [
          text(channel),
          <Contact key={channel} channel={channel} address={channel === 'EMAIL' ? setting.email : setting.phone} />,
        ])}
      />
    </div>
  );
}

function Contact({ channel, address }: { channel: ContactChannel; address: string | null }) {
  const text = useText(contactText);
  return (
    <span className="page-actions">
      {address ?? <span className="quiet">{text('none')}</span>}
      <NameContact channel={channel} label={text(address ? 'change' : 'add')} />
      {address ? <Remove channel={channel} address={address} /> : null}
    </span>
  );
}

function NameContact({ channel, label }: { channel: ContactChannel; label: string }) {
  const text = useText(contactText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={text('title', { channel: text(channel) })}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Steps channel={channel} close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

/** First the address, then the six digits that were sent to it. */
function Steps({ channel, close }: { channel: ContactChannel; close: () => void }) {
  const [sentTo, setSentTo] = useState<string>();
  return sentTo === undefined ? (
    <AddressStep channel={channel} sent={setSentTo} />
  ) : (
    <CodeStep channel={channel} address={sentTo} close={close} />
  );
}

const addressPatterns = { EMAIL: /^\s*[^\s@]+@[^\s@]+\.[A-Za-z]{2,24}\s*$/, SMS: /^\s*1[3-9]\d{9}\s*$/ } as const;

function AddressStep({ channel, sent }: { channel: ContactChannel; sent: (address: string) => void }) {
  const text = useText(contactText);
  const naming = useNameContact();
  const submit = async ({ address }: { address: string }) => {
    await naming.mutateAsync({ channel, address: address.trim() });
    sent(address.trim());
  };
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={(fields: { address: string }) => void submit(fields).catch(() => undefined)}
    >
      <Form.Item
        name="address"
        label={text(channel)}
        rules={[{ required: true, pattern: addressPatterns[channel], message: text(`bad.${channel}`) }]}
      >
        <Input inputMode={channel === 'EMAIL' ? 'email' : 'tel'} maxLength={120} />
      </Form.Item>
      {naming.error ? <ProblemView error={naming.error} /> : null}
      <Button type="primary" htmlType="submit" loading={naming.isPending}>
        {text('send')}
      </Button>
    </Form>
  );
}

interface CodeStepProps {
  readonly channel: ContactChannel;
  readonly address: string;
  readonly close: () => void;
}

function CodeStep({ channel, address, close }: CodeStepProps) {
  const text = useText(contactText);
  const required = useText(partsText)('required');
  const { message } = App.useApp();
  const proof = useProveContact();
  const submit = async ({ code }: { code: string }) => {
    await proof.mutateAsync({ channel, code });
    message.success(text('proved'));
    close();
  };
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={(fields: { code: string }) => void submit(fields).catch(() => undefined)}
    >
      <p>{text('sent', { address })}</p>
      <Form.Item name="code" label={text('code')} rules={[{ required: true, pattern: /^\d{6}$/, message: required }]}>
        <Input inputMode="numeric" maxLength={6} autoComplete="one-time-code" className="clock-field" />
      </Form.Item>
      {proof.error ? <ProblemView error={proof.error} /> : null}
      <Button type="primary" htmlType="submit" loading={proof.isPending}>
        {text('prove')}
      </Button>
    </Form>
  );
}

function Remove({ channel, address }: { channel: ContactChannel; address: string }) {
  const text = useText(contactText);
  const removal = useRemoveContact();
  return (
    <ConfirmAct
      label={text('remove')}
      title={text('remove')}
      what={<p>{text('removeWhat', { address })}</p>}
      confirm={text('remove')}
      button={{ size: 'small' }}
      danger
      act={() => removal.mutateAsync(channel)}
      busy={removal.isPending}
      error={removal.error}
    />
  );
}
