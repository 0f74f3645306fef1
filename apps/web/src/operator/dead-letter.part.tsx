import { Input } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { When } from '../parts/figures.part.js';
import { Facts } from '../parts/page.part.js';
import { useDiscard, useReplay, type DeadLetter, type LetterService } from './dead-letter.query.js';
import { operatorText } from './operator.text.js';

interface LetterProps {
  readonly letter: DeadLetter;
  readonly service: LetterService;
  readonly done: () => void;
}

/** The message, what went wrong, and what can be done about it. */
export function DeadLetterView({ letter, service, done }: LetterProps) {
  const text = useText(operatorText);
  return (
    <>
      <Facts
        items={[
          [text('letter.handler'), letter.handler],
          [text('letter.tries'), letter.tries],
          [text('letter.first'), <When at={letter.firstFailedAt} />],
          [text('letter.last'), <When at={letter.lastFailedAt} />],
          [text('letter.key'), letter.key ? <Code value={letter.key} /> : '—'],
          [text('letter.reason'), letter.reason ?? '—'],
        ]}
      />
      <h3 className="gap">{text('letter.error')}</h3>
      <pre className="raw">{letter.error}</pre>
      <h3 className="gap">{text('letter.event')}</h3>
      <pre className="raw">{JSON.stringify(letter.event, null, 2)}</pre>
      {letter.state === 'PARKED' ? <Decide letter={letter} service={service} done={done} /> : null}
    </>
  );
}

function Decide({ letter, service, done }: LetterProps) {
  const text = useText(operatorText);
  const replay = useReplay(service);
  const discard = useDiscard(service);
  const [reason, setReason] = useState('');
  return (
    <div className="page-actions gap">
      <ConfirmAct
        label={text('letter.replay')}
        title={text('letter.replay')}
        what={<p>{text('letter.replayWhat', { handler: letter.handler })}</p>}
        confirm={text('letter.replayConfirm')}
        button={{ type: 'primary' }}
        act={async () => {
          await replay.mutateAsync(letter.id);
          done();
        }}
        busy={replay.isPending}
        error={replay.error}
      />
      <ConfirmAct
        label={text('letter.discard')}
        title={text('letter.discard')}
        what={
          <>
            <p>{text('letter.discardWhat')}</p>
            <Input.TextArea
              aria-label={text('letter.reason')}
              placeholder={text('letter.reason')}
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </>
        }
        confirm={text('letter.discardConfirm')}
        blocked={reason.trim() === ''}
        danger
        act={async () => {
          await discard.mutateAsync({ id: letter.id, reason: reason.trim() });
          done();
        }}
        busy={discard.isPending}
        error={discard.error}
      />
    </div>
  );
}
