import { useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { AnswerInvitation } from './answer-invitation.part.js';
import { loadInvitations, type Invitation } from './invitation.query.js';
import { invitationText } from './invitation.text.js';

const tones: Record<Invitation['consent'], Tone> = { ASKED: 'warn', CONSENTED: 'good', REFUSED: 'still' };

/** Lists that departments have put the enterprise on: it says itself whether banks may see who it is. */
export function Invitations() {
  const text = useText(invitationText);
  useLive(['listing.'], ['invitations']);
  return (
    <Section title={text('lists.caption')} note={text('lists.note')} flush>
      <CursorTable
        caption={text('lists.caption')}
        name={['invitations']}
        load={loadInvitations}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('lists.none')} />}
      />
    </Section>
  );
}

function useColumns(): Column<Invitation>[] {
  const text = useText(invitationText);
  return [
    {
      key: 'title',
      title: text('list.title'),
      cell: ({ title, rules }) => (
        <>
          <strong>{title}</strong>
          {rules ? <p className="quiet clamp">{rules}</p> : null}
        </>
      ),
    },
    { key: 'owner', title: text('list.owner'), cell: ({ owner }) => owner },
    {
      key: 'until',
      title: text('list.until'),
      cell: ({ closesOn, listingStatus }) => (
        <>
          <When at={closesOn} />
          {listingStatus === 'CLOSED' ? <p className="quiet">{text('list.closed')}</p> : null}
        </>
      ),
    },
    {
      key: 'answer',
      title: text('list.answer'),
      cell: ({ consent }) => <StatusTag tone={tones[consent]}>{text(`list.${consent}`)}</StatusTag>,
    },
    { key: 'takers', title: text('list.takers'), cell: ({ takers }) => <Takers takers={takers} /> },
    { key: 'act', title: '', cell: (invitation) => <AnswerInvitation invitation={invitation} /> },
  ];
}

function Takers({ takers }: Pick<Invitation, 'takers'>) {
  const text = useText(invitationText);
  if (takers.length === 0) return <span className="quiet">{text('list.nobody')}</span>;
  return (
    <ul className="reasons">
      {takers.map(({ institutionName, status, takenAt }) => (
        <li key={institutionName + takenAt}>
          {institutionName} <span className="quiet">{text(`taker.${status}`)}</span>
        </li>
      ))}
    </ul>
  );
}
