import { useInstitutionName } from '../client/institution.query.js';
import { useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Deadline, When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { watchText } from '../watch/watch.text.js';
import { loadComplaints, type Complaint } from './invitation.query.js';
import { invitationText } from './invitation.text.js';

const tones: Record<Complaint['status'], Tone> = { OPEN: 'busy', ANSWERED: 'busy', CLOSED: 'good' };

/** What the enterprise complained about, what the bank said, and how it ended. */
export function OwnComplaints() {
  const text = useText(invitationText);
  useLive(['complaint.'], ['complaints']);
  return (
    <Section title={text('complaints.caption')} note={text('complaints.note')} flush>
      <CursorTable
        caption={text('complaints.caption')}
        name={['complaints', 'own']}
        load={loadComplaints}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('complaints.none')} />}
      />
    </Section>
  );
}

function useColumns(): Column<Complaint>[] {
  const own = useText(invitationText);
  const text = useText(watchText);
  const nameOf = useInstitutionName();
  return [
    { key: 'at', title: text('complaint.at'), cell: ({ filedAt }) => <When at={filedAt} /> },
    { key: 'bank', title: own('complaint.bank'), cell: ({ institutionId }) => nameOf(institutionId) },
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
      key: 'status',
      title: text('complaint.status'),
      cell: ({ status, upheld }) => (
        <StatusTag tone={tones[status]}>
          {text(`complaint.${status}`)}
          {upheld === null ? '' : ` · ${text(upheld ? 'complaint.upheld' : 'complaint.dismissed')}`}
        </StatusTag>
      ),
    },
    {
      key: 'answer',
      title: own('complaint.answer'),
      cell: ({ answer, answerBy, filedAt }) => answer ?? <Deadline at={answerBy} from={filedAt} />,
    },
    { key: 'closing', title: own('complaint.closing'), cell: ({ closingNote }) => closingNote ?? '—' },
  ];
}
