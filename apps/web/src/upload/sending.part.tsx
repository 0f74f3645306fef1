import { Button } from 'antd';

import { useText } from '../frame/language.part.js';
import { bytesText } from '../operation/flow-order.rules.js';
import { useSpan } from '../operation/span.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { secondsLeft } from './kept-upload.rules.js';
import type { Transfer, useTransfer } from './transfer.query.js';
import { uploadText } from './upload.text.js';

/** How far a file is, for eyes and for ears. */
export function SentBar({ name, sent, bytes }: { name: string; sent: number; bytes: number }) {
  const text = useText(uploadText);
  const share = Math.floor((sent * 100) / bytes);
  return (
    <div className="meter">
      <p>
        <span className="broken">{name}</span>
        <span className="figure">{share}%</span>
      </p>
      <div
        role="progressbar"
        aria-label={`${text('progress')} ${name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
      >
        <span style={{ width: `${share}%` }} />
      </div>
      <p className="quiet figure">{text('sent', { sent: bytesText(sent), bytes: bytesText(bytes) })}</p>
    </div>
  );
}

/** The file that is on its way now, with a hand on it. */
export function Sending({ of, transfer }: { of: ReturnType<typeof useTransfer>; transfer: Transfer }) {
  const text = useText(uploadText);
  const { upload, file, sent, running } = transfer;
  return (
    <>
      <SentBar name={upload.name} sent={sent} bytes={upload.bytes} />
      <p className="quiet">{running ? <TimeLeft transfer={transfer} /> : text('paused')}</p>
      <p className="page-actions gap">
        {running ? (
          <Button onClick={of.pause}>{text('pause')}</Button>
        ) : (
          <Button type="primary" disabled={of.busy} onClick={() => void of.goOn(upload, file)}>
            {text('goOn')}
          </Button>
        )}
        <GiveUp of={of} id={upload.id} />
      </p>
    </>
  );
}

function TimeLeft({ transfer: { upload, sent, began } }: { transfer: Transfer }) {
  const text = useText(uploadText);
  const span = useSpan();
  if (!began) return null;
  const seconds = secondsLeft({ sent: sent - began.sent, left: upload.bytes - sent, ms: performance.now() - began.at });
  if (seconds === null) return null;
  return <>{seconds < 60 ? text('leftSeconds', { seconds }) : text('left', { span: span(seconds) })}</>;
}

export function GiveUp({ of, id }: { of: ReturnType<typeof useTransfer>; id: string }) {
  const text = useText(uploadText);
  return (
    <ConfirmAct
      label={text('giveUp')}
      title={text('giveUp')}
      what={<p>{text('giveUpWhat')}</p>}
      confirm={text('giveUp')}
      danger
      act={() => of.giveUp(id)}
      busy={of.busy}
      error={null}
    />
  );
}
