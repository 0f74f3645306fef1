import { Button } from 'antd';
import { useState } from 'react';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { type Column, DataTable } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { AddWebhook } from './add-webhook.part.js';
import { Messages } from './messages.part.js';
import { SecretOnce } from './secret-once.part.js';
import { WebhookActs } from './webhook-acts.part.js';
import { useWebhooks, type Webhook, type WebhookKind } from './webhook.query.js';
import { webhookText } from './webhook.text.js';

/** Where the institution's own systems hear what its people hear, and whether they did. */
export function WebhooksPage() {
  const text = useText(webhookText);
  const title = useText(frameText)('bank.webhooks');
  const webhooks = useWebhooks();
  const [secret, show] = useState<string>();
  return (
    <Page title={title} question={text('question')} actions={<AddWebhook show={show} />}>
      <Answer query={webhooks}>{({ items }) => <Endpoints webhooks={items} show={show} />}</Answer>
      <SecretOnce secret={secret} close={() => show(undefined)} />
    </Page>
  );
}

interface EndpointsProps {
  readonly webhooks: readonly Webhook[];
  readonly show: (secret: string) => void;
}

function Endpoints({ webhooks, show }: EndpointsProps) {
  const text = useText(webhookText);
  const { get } = useUrl();
  const chosen = webhooks.find(({ id }) => id === get('hook')) ?? webhooks[0];
  const columns = useColumns(show);
  return (
    <>
      <Section title={text('caption')} note={text('note')} flush>
        {webhooks.length === 0 ? (
          <Empty why={text('none')} />
        ) : (
          <DataTable
            caption={text('caption')}
            columns={columns}
            rows={webhooks}
            rowKey={({ id }) => id}
            rowClass={({ id }) => (webhooks.length > 1 && id === chosen?.id ? 'chosen' : undefined)}
          />
        )}
      </Section>
      {chosen ? <Messages key={chosen.id} webhook={chosen} /> : null}
    </>
  );
}

function useColumns(show: (secret: string) => void): Column<Webhook>[] {
  const text = useText(webhookText);
  const { set } = useUrl();
  return [
    {
      key: 'url',
      title: text('url'),
      cell: ({ id, url }) => (
        <Button type="link" className="inline" onClick={() => set({ hook: id, state: undefined })}>
          {url}
        </Button>
      ),
    },
    {
      key: 'state',
      title: text('state'),
      cell: ({ state, reason }) => (
        <>
          <StatusTag tone={state === 'ACTIVE' ? 'good' : 'warn'}>{text(state)}</StatusTag>
          {reason === 'GONE' ? <p className="quiet">{text('GONE')}</p> : null}
        </>
      ),
    },
    { key: 'kinds', title: text('kinds'), cell: ({ kinds }) => <Kinds kinds={kinds} /> },
    { key: 'since', title: text('since'), cell: ({ createdAt }) => <When at={createdAt} /> },
    { key: 'act', title: '', cell: (webhook) => <WebhookActs webhook={webhook} show={show} /> },
  ];
}

function Kinds({ kinds }: { kinds: readonly string[] }) {
  const text = useText(webhookText);
  return (
    <details>
      <summary>{text('kindCount', { count: kinds.length })}</summary>
      <ul className="reasons">
        {kinds.map((kind) => (
          <li key={kind}>{text(`kind.${kind as WebhookKind}`)}</li>
        ))}
      </ul>
    </details>
  );
}
