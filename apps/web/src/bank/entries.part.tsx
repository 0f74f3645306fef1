import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { Code } from '../parts/code.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Money, When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { bankText } from './bank.text.js';
import { boardText } from './board.text.js';
import { loadEntries, useLeave, type Entry } from './lead.query.js';

const tones: Record<Entry['status'], Tone> = {
  SEALED: 'busy',
  WAITING: 'busy',
  PLACED: 'good',
  PASSED: 'warn',
  LEFT: 'still',
  CLOSED: 'still',
};

/** Where the institution stands in lines, and which draws it has entered. */
export function Entries() {
  const text = useText(boardText);
  useLive(['waiting.', 'case.opened', 'draw.'], ['entries']);
  return (
    <Section title={text('entries.caption')} flush>
      <CursorTable
        caption={text('entries.caption')}
        name={['entries']}
        load={loadEntries}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('entries.none')} />}
        refreshMs={15_000}
      />
    </Section>
  );
}

function useColumns(): Column<Entry>[] {
  const text = useText(boardText);
  const bank = useText(bankText);
  const place = ({ status, ahead, drawRank }: Entry) => {
    if (status === 'WAITING' && ahead !== null) return text('entry.ahead', { ahead });
    return drawRank === null ? '—' : text('entry.drawn', { rank: drawRank });
  };
  return [
    { key: 'need', title: text('entry.need'), cell: ({ needId }) => <Code value={needId} /> },
    {
      key: 'status',
      title: bank('case.status'),
      cell: ({ status }) => <StatusTag tone={tones[status]}>{text(`entry.${status}`)}</StatusTag>,
    },
    { key: 'place', title: text('entry.place'), cell: place },
    {
      key: 'intended',
      title: bank('case.intended'),
      numeric: true,
      cell: ({ intendedFen }) => <Money fen={intendedFen} />,
    },
    { key: 'at', title: text('entry.at'), cell: ({ enteredAt }) => <When at={enteredAt} /> },
    { key: 'act', title: '', cell: (entry) => <EntryAct entry={entry} /> },
  ];
}

function EntryAct({ entry }: { entry: Entry }) {
  const text = useText(boardText);
  const leave = useLeave();
  if (entry.grabId) return <Link to={`/bank/cases/${entry.grabId}`}>{text('entry.toCase')}</Link>;
  if (entry.status !== 'WAITING' && entry.status !== 'SEALED') return null;
  return (
    <ConfirmAct
      label={text('entry.leave')}
      title={text('entry.leave')}
      what={<p>{text('entry.leaveWhat')}</p>}
      confirm={text('entry.leaveConfirm')}
      button={{ size: 'small' }}
      danger
      act={() => leave.mutateAsync(entry.needId)}
      busy={leave.isPending}
      error={leave.error}
    />
  );
}
