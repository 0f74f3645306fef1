import { Input, type ButtonProps } from 'antd';
import { useState, type ReactNode } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from './confirm-act.part.js';
import { partsText } from './parts.text.js';

interface ActWithNoteProps {
  readonly label: string;
  readonly what: ReactNode;
  readonly act: (note: string) => Promise<unknown>;
  readonly of: { isPending: boolean; error: Error | null };
  readonly button?: ButtonProps;
  readonly blocked?: boolean;
  readonly danger?: boolean;
}

/** An act that says why: the note is kept with it. */
export function ActWithNote({ label, what, act, of, button, blocked = false, danger = false }: ActWithNoteProps) {
  const text = useText(partsText);
  const [note, setNote] = useState('');
  return (
    <ConfirmAct
      label={label}
      title={label}
      what={
        <>
          <div>{what}</div>
          <Input.TextArea
            aria-label={text('act.note')}
            placeholder={text('act.note')}
            rows={3}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </>
      }
      confirm={label}
      button={{ size: 'small', ...button }}
      blocked={blocked || note.trim().length < 2}
      danger={danger}
      act={() => act(note.trim())}
      busy={of.isPending}
      error={of.error}
    />
  );
}
