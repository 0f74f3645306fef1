import { App, Button } from 'antd';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { usePing, useRemoval, useRotation, useWebhookMove, type Webhook } from './webhook.query.js';
import { webhookText } from './webhook.text.js';

interface WebhookActsProps {
  readonly webhook: Webhook;
  readonly show: (secret: string) => void;
}

export function WebhookActs({ webhook, show }: WebhookActsProps) {
  return (
    <span className="page-actions">
      {webhook.state === 'ACTIVE' ? <Ping id={webhook.id} /> : null}
      <Rotate webhook={webhook} show={show} />
      <PauseOrResume webhook={webhook} />
      <Remove webhook={webhook} />
    </span>
  );
}

const hostOf = ({ url }: Webhook): string => new URL(url).host;

function Ping({ id }: { id: string }) {
  const text = useText(webhookText);
  const { message } = App.useApp();
  const ping = usePing();
  const send = () =>
    ping.mutate(id, {
      onSuccess: () => void message.success(text('pinged')),
      onError: (error) => void message.error(error.message),
    });
  return (
    <Button size="small" loading={ping.isPending} onClick={send}>
      {text('ping')}
    </Button>
  );
}

function Rotate({ webhook: { id }, show }: WebhookActsProps) {
  const text = useText(webhookText);
  const rotation = useRotation();
  return (
    <ConfirmAct
      label={text('rotate')}
      title={text('rotate')}
      what={<p>{text('rotateWhat')}</p>}
      confirm={text('rotateDo')}
      button={{ size: 'small' }}
      act={() => rotation.mutateAsync(id).then(({ secret }) => show(secret))}
      busy={rotation.isPending}
      error={rotation.error}
    />
  );
}

function PauseOrResume({ webhook }: { webhook: Webhook }) {
  const text = useText(webhookText);
  const pause = useWebhookMove('pause');
  const resume = useWebhookMove('resumption');
  const [of, said] = webhook.state === 'ACTIVE' ? [pause, 'pause' as const] : [resume, 'resume' as const];
  return (
    <ConfirmAct
      label={text(said)}
      title={text(said)}
      what={<p>{text(`${said}What`, { host: hostOf(webhook) })}</p>}
      confirm={text(said === 'pause' ? 'pauseDo' : 'resume')}
      button={{ size: 'small' }}
      act={() => of.mutateAsync(webhook.id)}
      busy={of.isPending}
      error={of.error}
    />
  );
}

function Remove({ webhook }: { webhook: Webhook }) {
  const text = useText(webhookText);
  const removal = useRemoval();
  return (
    <ConfirmAct
      label={text('remove')}
      title={text('remove')}
      what={<p>{text('removeWhat', { host: hostOf(webhook) })}</p>}
      confirm={text('removeDo')}
      button={{ size: 'small' }}
      danger
      act={() => removal.mutateAsync(webhook.id)}
      busy={removal.isPending}
      error={removal.error}
    />
  );
}
