import { useInstitutionName } from '../client/institution.query.js';
import { useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Deadline, When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { loadComplaints, useCloseComplaint, type Complaint } from './watch.query.js';
import { watchText } from './watch.text.js';

const tones: Record<Complaint['status'], Tone> = { OPEN: 'warn', ANSWERED: 'busy', CLOSED: 'still' };

export function Complaints() {
  const text = useText(watchText);
  return (
    <Section title={text('tab.complaints')} note={text('complaints.note')} flush>
      <CursorTable
        caption={text('tab.complaints')}
        name={['complaints']}
        load={loadComplaints}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('complaints.none')} />}
      />
    </Section>
  );
}

function useColumns(): Column<Complaint>[] {
  const text = useText(watchText);
  const nameOf = useInstitutionName();
  return [
    { key: 'at', title: text('complaint.at'), cell: ({ filedAt }) => <When at={filedAt} /> },
    { key: 'bank', title: text('complaint.bank'), cell: ({ institutionId }) => nameOf(institutionId) },
    {
      key: 'what',
      title: text('complaint.what'),
      cell: ({ category, text: words }) => (
        <>
          <strong>{text(`category.${category}`)}</strong>
          <p>{words}</p>
        </>
      ),
    },
    {
      key: 'answer',
      title: text('complaint.answer'),
      cell: ({ answer, answerBy, filedAt }) => answer ?? <Deadline at={answerBy} from={filedAt} />,
    },
    {
      key: 'status',
      title: text('complaint.status'),
      cell: ({ status, upheld }) => (
        <StatusTag tone={tones[status]}>
          {text(`complaint.${status}`)}
          {upheld === null ? '' : ` · ${text(upheld ? 'complaint.upheld' : 'complaint.dismissed')}`}
        </StatusTag>
      ),
    },
    { key: 'act', title: '', cell: (complaint) => <Close complaint={complaint} /> },
  ];
}

function Close({ complaint }: { complaint: Complaint }) {
  const text = useText(watchText);
  const close = useCloseComplaint();
  if (complaint.status === 'CLOSED') return null;
  const closing = (upheld: boolean) => (note: string) => close.mutateAsync({ id: complaint.id, upheld, note });
  return (
    <span className="page-actions">
      <ActWithNote label={text('complaint.uphold')} what={text('complaint.closeWhat')} act={closing(true)} of={close} />
      <ActWithNote
        label={text('complaint.dismiss')}
        what={text('complaint.closeWhat')}
        act={closing(false)}
        of={close}
      />
    </span>
  );
}
