import { Button } from 'antd';
import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Money, When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { loadTakeUps, type Step, type TakeUp } from './listing.query.js';
import { listingText } from './listing.text.js';
import { usePlace } from './place.query.js';
import { ReportStep } from './report-step.part.js';

const tones: Record<TakeUp['status'], Tone> = {
  TAKEN: 'warn',
  CONTACTED: 'busy',
  OFFERED: 'busy',
  LENT: 'good',
  GIVEN_UP: 'still',
};
/** What may follow which state, as the service allows it. */
const following: Record<TakeUp['status'], readonly Step['step'][]> = {
  TAKEN: ['CONTACTED', 'GIVEN_UP'],
  CONTACTED: ['OFFERED', 'GIVEN_UP'],
  OFFERED: ['LENT', 'GIVEN_UP'],
  LENT: [],
  GIVEN_UP: [],
};

/** What the own bank has taken up from lists, and how far each is. */
export function TakeUps() {
  const text = useText(listingText);
  const { base } = usePlace();
  const next = (
    <Link to={`${base}?tab=listings`}>
      <Button type="primary" tabIndex={-1}>
        {text('takeUps.toListings')}
      </Button>
    </Link>
  );
  return (
    <Section title={text('takeUps.caption')} flush>
      <CursorTable
        caption={text('takeUps.caption')}
        name={['take-ups', 'page']}
        load={loadTakeUps}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('takeUps.none')} next={next} />}
        exportName="take-ups"
      />
    </Section>
  );
}

function useColumns(): Column<TakeUp>[] {
  const text = useText(listingText);
  const { base, manager } = usePlace();
  return [
    {
      key: 'who',
      title: text('entry.name'),
      cell: ({ enterpriseName, uscc }) => (
        <>
          <strong>{enterpriseName}</strong>
          <p className="quiet">
            <Code value={uscc} />
          </p>
        </>
      ),
      text: ({ enterpriseName }) => enterpriseName,
    },
    {
      key: 'contact',
      title: text('takeUp.contact'),
      cell: ({ contact }) => (contact ? `${contact.name} ${contact.phone}` : text('takeUp.contactGone')),
      text: ({ contact }) => (contact ? `${contact.name} ${contact.phone}` : ''),
    },
    {
      key: 'status',
      title: text('listing.status'),
      cell: ({ status, reason }) => (
        <>
          <StatusTag tone={tones[status]}>{text(`takeUp.${status}`)}</StatusTag>
          {reason ? <p className="quiet">{text(`reason.${reason as NonNullable<Step['reason']>}`)}</p> : null}
        </>
      ),
      text: ({ status }) => text(`takeUp.${status}`),
    },
    { key: 'money', title: text('takeUp.money'), numeric: true, cell: (takeUp) => <Sums takeUp={takeUp} /> },
    {
      key: 'at',
      title: text('takeUp.at'),
      cell: ({ takenAt }) => <When at={takenAt} />,
      text: ({ takenAt }) => takenAt,
    },
    {
      key: 'list',
      title: text('listing.title'),
      cell: ({ listingId, listingTitle }) => <Link to={`${base}/lists/${listingId}`}>{listingTitle}</Link>,
      text: ({ listingTitle }) => listingTitle,
    },
    ...(manager ? [{ key: 'act', title: '', cell: (takeUp: TakeUp) => <Steps takeUp={takeUp} /> }] : []),
  ];
}

function Sums({ takeUp: { offeredFen, lentFen, drawnOn } }: { takeUp: TakeUp }) {
  return (
    <>
      <Money fen={offeredFen} /> / <Money fen={lentFen} />
      {drawnOn ? (
        <p className="quiet">
          <When at={drawnOn} />
        </p>
      ) : null}
    </>
  );
}

function Steps({ takeUp }: { takeUp: TakeUp }) {
  return (
    <span className="page-actions">
      {following[takeUp.status].map((step) => (
        <ReportStep key={step} id={takeUp.id} step={step} />
      ))}
    </span>
  );
}
