import { Button, Drawer } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { instantText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { useKindWords } from './kind-words.query.js';
import { MessageView } from './message.part.js';
import { loadMessages, messagesName, type Message, type MessageState, type Webhook } from './webhook.query.js';
import { webhookText } from './webhook.text.js';

const states: readonly MessageState[] = ['QUEUED', 'SENDING', 'DELIVERED', 'PARKED'];
const tones: Record<MessageState, Tone> = { QUEUED: 'busy', SENDING: 'busy', DELIVERED: 'good', PARKED: 'bad' };

/** A test is answered within seconds; whoever waits for it wants to see it come. */
const refreshMs = 5_000;

/** What was sent to one endpoint, newest first, and how it was answered. */
export function Messages({ webhook }: { webhook: Webhook }) {
  const text = useText(webhookText);
  const { get } = useUrl();
  const [opened, open] = useState<Message>();
  const state = states.find((one) => one === get('state'));
  const caption = text('messages.caption', { host: new URL(webhook.url).host });
  return (
    <>
      <FilterBar keys={['state']}>
        <SelectFilter
          name="state"
          label={text('message.state')}
          options={states.map((value) => ({ value, label: text(`message.${value}`) }))}
          width={180}
        />
      </FilterBar>
      <Section title={caption} flush>
        <CursorTable
          caption={caption}
          name={messagesName(webhook.id, state)}
          load={loadMessages(webhook.id, state)}
          columns={useColumns(open)}
          rowKey={({ id }) => id}
          empty={<Empty why={text('messages.none')} />}
          exportName="webhook-messages"
          refreshMs={refreshMs}
        />
        <Drawer
          title={text('messages')}
          open={opened !== undefined}
          onClose={() => open(undefined)}
          size={640}
          destroyOnHidden
        >
          {opened ? <MessageView webhookId={webhook.id} message={opened} done={() => open(undefined)} /> : null}
        </Drawer>
      </Section>
    </>
  );
}

function useColumns(open: (message: Message) => void): Column<Message>[] {
  const text = useText(webhookText);
  const wordsOf = useKindWords();
  return [
    { key: 'kind', title: text('message.kind'), cell: wordsOf, text: wordsOf },
    {
      key: 'state',
      title: text('message.state'),
      cell: ({ state, notBefore }) => (
        <>
          <StatusTag tone={tones[state]}>{text(`message.${state}`)}</StatusTag>
          {state === 'QUEUED' ? <p className="quiet">{text('message.next', { at: instantText(notBefore) })}</p> : null}
        </>
      ),
      text: ({ state }) => text(`message.${state}`),
    },
    {
      key: 'tries',
      title: text('message.tries'),
      numeric: true,
      cell: ({ tries }) => tries,
      text: ({ tries }) => tries,
    },
    {
      key: 'created',
      title: text('message.created'),
      cell: ({ createdAt }) => <When at={createdAt} />,
      text: ({ createdAt }) => createdAt,
    },
    {
      key: 'delivered',
      title: text('message.delivered'),
      cell: ({ deliveredAt }) => <When at={deliveredAt} />,
      text: ({ deliveredAt }) => deliveredAt,
    },
    {
      key: 'act',
      title: '',
      cell: (message) => (
        <Button size="small" onClick={() => open(message)}>
          {text('message.look')}
        </Button>
      ),
    },
  ];
}
