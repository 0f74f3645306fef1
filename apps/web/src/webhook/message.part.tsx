import { App } from 'antd';

import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { DataTable } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Facts } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { useKindWords } from './kind-words.query.js';
import { useAttempts, useReplay, type Message } from './webhook.query.js';
import { webhookText } from './webhook.text.js';

interface MessageViewProps {
  readonly webhookId: string;
  readonly message: Message;
  readonly done: () => void;
}

/** One message: what was signed, and what the receiver said each time. */
export function MessageView({ webhookId, message, done }: MessageViewProps) {
  const text = useText(webhookText);
  const wordsOf = useKindWords();
  return (
    <>
      {message.state === 'DELIVERED' || message.state === 'PARKED' ? (
        <div className="page-actions">
          <Replay webhookId={webhookId} id={message.id} done={done} />
        </div>
      ) : null}
      <div className="gap">
        <Facts
          items={[
            [text('message.kind'), wordsOf(message)],
            [text('message.state'), text(`message.${message.state}`)],
            [text('message.id'), <Code value={message.id} />],
          ]}
        />
      </div>
      <h3 className="gap">{text('attempts.caption')}</h3>
      <Attempts webhookId={webhookId} messageId={message.id} />
      <h3 className="gap">{text('message.body')}</h3>
      <pre className="raw" tabIndex={0}>
        {readable(message.body)}
      </pre>
    </>
  );
}

function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function Attempts({ webhookId, messageId }: { webhookId: string; messageId: string }) {
  const text = useText(webhookText);
  const attempts = useAttempts(webhookId, messageId);
  return (
    <Answer query={attempts} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="quiet">{text('attempts.none')}</p>
        ) : (
          <DataTable
            caption={text('attempts.caption')}
            rows={items}
            rowKey={({ at }) => at}
            columns={[
              { key: 'at', title: text('attempt.at'), cell: ({ at }) => <When at={at} /> },
              {
                key: 'status',
                title: text('attempt.status'),
                numeric: true,
                cell: ({ status }) => status ?? text('attempt.noAnswer'),
              },
              { key: 'took', title: text('attempt.took'), numeric: true, cell: ({ durationMs }) => durationMs },
              { key: 'error', title: text('attempt.error'), cell: ({ error }) => error ?? '—' },
            ]}
          />
        )
      }
    </Answer>
  );
}

function Replay({ webhookId, id, done }: { webhookId: string; id: string; done: () => void }) {
  const text = useText(webhookText);
  const { message } = App.useApp();
  const replay = useReplay(webhookId);
  const run = async () => {
    await replay.mutateAsync(id);
    message.success(text('message.replayed'));
    done();
  };
  return (
    <ConfirmAct
      label={text('message.replay')}
      title={text('message.replay')}
      what={<p>{text('message.replayWhat')}</p>}
      confirm={text('message.replayDo')}
      button={{ type: 'primary' }}
      act={run}
      busy={replay.isPending}
      error={replay.error}
    />
  );
}
