import { App, Button, Input, InputNumber, Segmented } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ProblemView } from '../parts/states.part.js';
import { AttachFiles } from './attach-files.part.js';
import { bankText } from './bank.text.js';
import { useContact, type Contact } from './case.query.js';
import type { Attachment } from './work.query.js';
import { workText } from './work.text.js';

export function RecordContact({ id }: { id: string }) {
  const text = useText(bankText);
  const words = useText(workText);
  const { message } = App.useApp();
  const contact = useContact(id);
  const [method, setMethod] = useState<Contact['method']>('PHONE');
  const [note, setNote] = useState('');
  const [minutes, setMinutes] = useState<number | null>(null);
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const done = () => {
    setNote('');
    setMinutes(null);
    setFiles([]);
    message.success(text('contact.done'));
  };
  const save = () => contact.mutate(contactOf({ method, note, minutes, files }), { onSuccess: done });
  const methods = (['PHONE', 'VISIT', 'ONLINE'] as const).map((value) => ({ value, label: text(`contact.${value}`) }));
  return (
    <div className="stacked">
      <div className="page-actions">
        <Segmented value={method} options={methods} onChange={setMethod} aria-label={text('contact.method')} />
        <Input
          className="grow"
          aria-label={text('contact.note')}
          placeholder={text('contact.note')}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onPressEnter={() => note.trim() && save()}
        />
        <InputNumber
          aria-label={words('contact.minutes')}
          placeholder={words('contact.minutes')}
          min={1}
          max={1_440}
          precision={0}
          style={{ width: 132 }}
          value={minutes}
          onChange={setMinutes}
        />
        <Button type="primary" disabled={note.trim() === ''} loading={contact.isPending} onClick={save}>
          {text('contact.submit')}
        </Button>
      </div>
      <AttachFiles id={id} files={files} onChange={setFiles} />
      {contact.error ? <ProblemView error={contact.error} /> : null}
    </div>
  );
}

interface Said {
  readonly method: Contact['method'];
  readonly note: string;
  readonly minutes: number | null;
  readonly files: readonly Attachment[];
}

const contactOf = ({ method, note, minutes, files }: Said): Contact => ({
  method,
  note: note.trim(),
  ...(minutes === null ? {} : { durationMinutes: minutes }),
  ...(files.length === 0 ? {} : { attachmentIds: files.map(({ id }) => id) }),
});
