import { App, Button } from 'antd';
import { Link } from 'react-router';

import { contractPath } from '../contract/contract.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { countText, instantText } from '../parts/format.rules.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { bytesText } from './flow-order.rules.js';
import { usePull, type FeedFlow } from './flow.query.js';
import { flowText } from './flow.text.js';
import { HoldAct } from './hold.part.js';
import { useSpan } from './span.part.js';

const tones: Record<FeedFlow['state'], Tone> = {
  PAUSED: 'warn',
  WORKING: 'busy',
  RETRYING: 'bad',
  WAITING: 'busy',
  IDLE: 'good',
};

/** State, backlog, throughput and lag of a feed; `operates`: who looks may pause it. */
export function useFlowColumns(operates: boolean): Column<FeedFlow>[] {
  const text = useText(flowText);
  const act: Column<FeedFlow> = {
    key: 'act',
    title: '',
    cell: ({ feed, title, pauses, connection }) => (
      <span className="page-actions">
        {connection?.setUp && connection.kind !== 'KAFKA' && pauses.length === 0 ? <PullNow feed={feed} /> : null}
        <HoldAct
          of={{ scope: 'FEED', name: feed }}
          title={title}
          paused={pauses.some(({ scope }) => scope === 'FEED')}
        />
      </span>
    ),
  };
  return [
    {
      key: 'state',
      title: text('state'),
      cell: (flow) => <FlowState flow={flow} />,
      text: ({ state }) => text(state),
    },
    {
      key: 'feed',
      title: text('feed'),
      cell: ({ feed, title }) => (
        <>
          {title}
          <p className="quiet">
            <Link to={contractPath(feed)}>
              <code>{feed}</code>
            </Link>
          </p>
        </>
      ),
      text: ({ feed }) => feed,
    },
    ...useFigures(),
    { key: 'way', title: text('connection'), cell: (flow) => <WayIn flow={flow} /> },
    ...(operates ? [act] : []),
  ];
}

function PullNow({ feed }: { feed: string }) {
  const text = useText(flowText);
  const { message } = App.useApp();
  const pull = usePull();
  const ask = () =>
    pull.mutateAsync(feed).then(
      () => message.success(text('pull.done')),
      (error: Error) => message.error(error.message),
    );
  return (
    <Button size="small" loading={pull.isPending} onClick={() => void ask()}>
      {text('pull')}
    </Button>
  );
}

function FlowState({ flow: { state, pauses } }: { flow: FeedFlow }) {
  const text = useText(flowText);
  return (
    <>
      <StatusTag tone={tones[state]}>{text(state)}</StatusTag>
      {pauses.map(({ scope, reason, pausedAt }) => (
        <p key={scope} className="quiet">
          {text('paused.why', { reason, at: instantText(pausedAt) })}
        </p>
      ))}
    </>
  );
}

function useFigures(): Column<FeedFlow>[] {
  const text = useText(flowText);
  const span = useSpan();
  return [
    {
      key: 'backlog',
      title: text('backlog'),
      cell: ({ backlog }) =>
        backlog.batches === 0 ? (
          <span className="quiet">—</span>
        ) : (
          <>
            <span className="figure">
              {text('backlog.of', { batches: countText(backlog.batches), size: bytesText(backlog.bytes) })}
            </span>
            <p className="quiet">{text('backlog.since', { span: span(backlog.oldestSeconds) })}</p>
          </>
        ),
      text: ({ backlog }) => backlog.batches,
    },
    {
      key: 'rows',
      title: text('rows'),
      numeric: true,
      cell: ({ throughput }) => countText(throughput.lastDay),
      text: ({ throughput }) => throughput.lastDay,
    },
    {
      key: 'lag',
      title: text('lag'),
      cell: ({ lag }) => (
        <>
          <When at={lag.newestReportDate} />{' '}
          {lag.days === null ? null : <span className="quiet">{text('lag.days', { days: lag.days })}</span>}
          {lag.lastDeliveryAt ? (
            <p className="quiet">{text('lag.last', { at: instantText(lag.lastDeliveryAt) })}</p>
          ) : null}
        </>
      ),
      text: ({ lag }) => lag.newestReportDate,
    },
    {
      key: 'failed',
      title: text('failed'),
      numeric: true,
      cell: ({ failedLastWeek }) => countText(failedLastWeek),
      text: ({ failedLastWeek }) => failedLastWeek,
    },
  ];
}

/** How the feed comes in, and what is wrong with that. */
function WayIn({ flow: { connection, topic } }: { flow: FeedFlow }) {
  const text = useText(flowText);
  const { language } = useLanguage();
  if (!connection) return <span className="quiet">{text('connection.none')}</span>;
  const { kind, setUp, failures, openGaps, problem } = connection;
  const wrong = failures > 0 || openGaps > 0;
  return (
    <>
      {text(`connection.${kind}`)}
      <p>
        {setUp ? (
          <StatusTag tone={wrong ? 'bad' : 'good'}>
            {failures > 0
              ? text('connection.failures', { count: failures })
              : openGaps > 0
                ? text('connection.gaps', { count: openGaps })
                : text('connection.good')}
          </StatusTag>
        ) : (
          <StatusTag tone="still">{text('connection.notSetUp')}</StatusTag>
        )}
      </p>
      {problem && failures > 0 ? (
        <p className="quiet broken" lang={language === 'zh' ? undefined : 'zh'}>
          {problem}
        </p>
      ) : null}
      {topic ? <p className="quiet">{text('connection.behind', { count: countText(topic.behind) })}</p> : null}
    </>
  );
}
