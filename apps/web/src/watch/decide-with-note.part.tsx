import { Input } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { watchText } from './watch.text.js';

interface DecideWithNoteProps {
  readonly label: string;
  readonly what: string;
  readonly act: (note: string) => Promise<unknown>;
  readonly of: { isPending: boolean; error: Error | null };
}

/** A decision that says why: the note is kept with it. */
export function DecideWithNote({ label, what, act, of }: DecideWithNoteProps) {
  const text = useText(watchText);
  const [note, setNote] = useState('');
  return (
    <ConfirmAct
      label={label}
      title={label}
      what={
        <>
          <p>{what}</p>
          <Input.TextArea
            aria-label={text('note')}
            placeholder={text('note')}
            rows={3}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </>
      }
      confirm={label}
      button={{ size: 'small' }}
      blocked={note.trim() === ''}
      act={() => act(note.trim())}
      busy={of.isPending}
      error={of.error}
    />
  );
}
