import { App } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { kindText } from '../notice/kind.text.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { instantText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { webhookText } from '../webhook/webhook.text.js';
import { deliveryStates, loadDeliveries, useResend, type Delivery } from './upkeep.query.js';
import { upkeepText } from './upkeep.text.js';

const tones: Record<Delivery['state'], Tone> = {
  QUEUED: 'busy',
  SENDING: 'busy',
  WAITING: 'warn',
  DIGESTED: 'still',
  SENT: 'good',
  PARKED: 'bad',
  SKIPPED: 'still',
};

/** E-mails and SMS that went out, wait, or are parked: neither the address nor the text is the operator's business. */
export function Deliveries() {
  const text = useText(upkeepText);
  const { get } = useUrl();
  const state = deliveryStates.find((one) => one === get('state'));
  return (
    <>
      <FilterBar keys={['state']}>
        <SelectFilter
          name="state"
          label={text('delivery.state')}
          width={200}
          options={deliveryStates.map((value) => ({ value, label: text(`delivery.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('tab.deliveries')} note={text('deliveries.note')} flush>
        <CursorTable
          caption={text('tab.deliveries')}
          name={['deliveries', state]}
          load={loadDeliveries(state)}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('deliveries.none')} />}
          exportName="deliveries"
          refreshMs={15_000}
        />
      </Section>
    </>
  );
}

function useColumns(): Column<Delivery>[] {
  const text = useText(upkeepText);
  const { language } = useLanguage();
  const kinds: Readonly<Record<string, string>> = { ...webhookText[language], ...kindText[language] };
  const what = ({ kind }: Delivery) =>
    kind === null ? text('delivery.digest') : (kinds[kind] ?? kinds[`kind.${kind}`] ?? kind);
  return [
    {
      key: 'state',
      title: text('delivery.state'),
      cell: ({ state, notBefore }) => (
        <>
          <StatusTag tone={tones[state]}>{text(`delivery.${state}`)}</StatusTag>
          {state === 'WAITING' ? (
            <p className="quiet">{text('delivery.next', { at: instantText(notBefore) })}</p>
          ) : null}
        </>
      ),
      text: ({ state }) => text(`delivery.${state}`),
    },
    wordColumn('channel', text('delivery.channel'), ({ channel }) => text(`delivery.${channel}`)),
    wordColumn('what', text('delivery.what'), what),
    {
      key: 'created',
      title: text('delivery.created'),
      cell: ({ createdAt }) => <When at={createdAt} />,
      text: ({ createdAt }) => createdAt,
    },
    {
      key: 'sent',
      title: text('delivery.sent'),
      cell: ({ sentAt }) => <When at={sentAt} />,
      text: ({ sentAt }) => sentAt,
    },
    {
      key: 'tries',
      title: text('delivery.tries'),
      numeric: true,
      cell: ({ tries }) => tries,
      text: ({ tries }) => tries,
    },
    {
      key: 'error',
      title: text('delivery.error'),
      cell: ({ error }) => (error ? <span className="clamp broken">{error}</span> : <span className="quiet">—</span>),
      text: ({ error }) => error,
    },
    { key: 'act', title: '', cell: ({ id, state }) => (state === 'PARKED' ? <Resend id={id} /> : null) },
  ];
}

function Resend({ id }: { id: string }) {
  const text = useText(upkeepText);
  const { message } = App.useApp();
  const resend = useResend();
  const act = async () => {
    await resend.mutateAsync(id);
    message.success(text('delivery.resent'));
  };
  return (
    <ConfirmAct
      label={text('delivery.resend')}
      title={text('delivery.resend')}
      what={<p>{text('delivery.resendWhat')}</p>}
      confirm={text('delivery.resend')}
      button={{ size: 'small' }}
      act={act}
      busy={resend.isPending}
      error={resend.error}
    />
  );
}
