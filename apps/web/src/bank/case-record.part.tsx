import { App, Button } from 'antd';

import { useText } from '../frame/language.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { bankText } from './bank.text.js';
import { readAttachment, type Attachment, type Progress } from './work.query.js';
import { workText } from './work.text.js';

type Contact = Progress['contacts'][number];

/** What was said and what proves it. */
export function CaseRecord({ progress }: { progress: Progress }) {
  const text = useText(workText);
  const columns = useContactColumns(progress);
  return (
    <>
      {progress.contacts.length > 0 ? (
        <Section title={text('contacts.title')} flush>
          <DataTable
            caption={text('contacts.title')}
            rows={progress.contacts}
            rowKey={({ id }) => id}
            columns={columns}
          />
        </Section>
      ) : null}
      {progress.pauses.length > 0 ? <Pauses pauses={progress.pauses} /> : null}
    </>
  );
}

function useContactColumns({ id, attachments }: Progress): Column<Contact>[] {
  const text = useText(workText);
  const bank = useText(bankText);
  const filesOf = (contact: Contact) => attachments.filter((file) => contact.attachmentIds.includes(file.id));
  return [
    {
      key: 'how',
      title: text('contact.how'),
      cell: ({ method, first }) => (
        <>
          {bank(`contact.${method}`)} {first ? <span className="tag strong">{text('contact.first')}</span> : null}
        </>
      ),
    },
    {
      key: 'what',
      title: text('contact.what'),
      cell: (contact) => (
        <>
          {contact.note}
          {filesOf(contact).map((file) => (
            <OpenFile key={file.id} grabId={id} file={file} />
          ))}
        </>
      ),
    },
    {
      key: 'at',
      title: text('contact.at'),
      cell: ({ happenedAt, durationMinutes }) => (
        <>
          <When at={happenedAt} />{' '}
          {durationMinutes === null ? null : (
            <span className="quiet">{text('contact.length', { minutes: durationMinutes })}</span>
          )}
        </>
      ),
    },
  ];
}

/** The file comes as text inside JSON, behind the same door as everything: it is made a file again here. */
function OpenFile({ grabId, file }: { grabId: string; file: Attachment }) {
  const text = useText(workText);
  const { message } = App.useApp();
  const open = async () => {
    const { content, mediaType, name } = await readAttachment(grabId, file.id);
    const bytes = Uint8Array.from(atob(content), (letter) => letter.codePointAt(0) ?? 0);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Button
      type="link"
      size="small"
      aria-label={text('files.open', { name: file.name })}
      onClick={() => void open().catch((error: Error) => message.error(error.message))}
    >
      {file.name}
    </Button>
  );
}

function Pauses({ pauses }: { pauses: Progress['pauses'] }) {
  const text = useText(workText);
  return (
    <Section title={text('clock.history')}>
      <ul>
        {pauses.map((pause) => (
          <li key={pause.id}>
            <StatusTag tone={pause.endedAt === null ? 'warn' : 'still'}>{text(`clock.${pause.reason}`)}</StatusTag>{' '}
            <span className="figure">
              {text('clock.span', { from: pause.fromDay, to: pause.toDay, days: pause.workdays })}
            </span>{' '}
            {pause.note}
          </li>
        ))}
      </ul>
    </Section>
  );
}
