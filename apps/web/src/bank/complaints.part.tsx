import { Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Deadline, When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { watchText } from '../watch/watch.text.js';
import { loadComplaints, useAnswerComplaint, type Complaint } from './work.query.js';
import { workText } from './work.text.js';

const tones: Record<Complaint['status'], Tone> = { OPEN: 'warn', ANSWERED: 'busy', CLOSED: 'still' };

/** What enterprises complain about, and until when one may answer. */
export function Complaints() {
  const text = useText(workText);
  useLive(['complaint.'], ['complaints']);
  return (
    <Section title={text('complaints.caption')} flush>
      <CursorTable
        caption={text('complaints.caption')}
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
  const work = useText(workText);
  return [
    { key: 'at', title: text('complaint.at'), cell: ({ filedAt }) => <When at={filedAt} /> },
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
      title: text('complaint.answer'),
      cell: ({ answer, answerBy, filedAt, closingNote }) => (
        <>
          {answer ?? <Deadline at={answerBy} from={filedAt} />}
          {closingNote ? <p className="quiet">{closingNote}</p> : null}
        </>
      ),
    },
    {
      key: 'act',
      title: '',
      cell: (complaint) => (
        <span className="page-actions">
          <Link to={`/bank/cases/${complaint.grabId}`}>{work('complaint.case')}</Link>
          {complaint.status === 'OPEN' ? <AnswerIt id={complaint.id} /> : null}
        </span>
      ),
    },
  ];
}

function AnswerIt({ id }: { id: string }) {
  const text = useText(workText);
  const answer = useAnswerComplaint(id);
  const [words, setWords] = useState('');
  return (
    <ConfirmAct
      label={text('complaint.answer')}
      title={text('complaint.answer')}
      what={
        <div className="stacked">
          <p>{text('complaint.answerWhat')}</p>
          <Input.TextArea
            aria-label={text('complaint.answer')}
            rows={4}
            maxLength={1_000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </div>
      }
      confirm={text('complaint.answerConfirm')}
      button={{ size: 'small' }}
      blocked={words.trim() === ''}
      act={() => answer.mutateAsync(words.trim())}
      busy={answer.isPending}
      error={answer.error}
    />
  );
}
