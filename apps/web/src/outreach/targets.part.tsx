import { Drawer } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Deadline, Money } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { TierTag, useWord } from '../parts/vocabulary.part.js';
import { loadTargets, type Target } from './campaign.query.js';
import { campaignText } from './campaign.text.js';
import { usePlace } from './place.query.js';
import { TargetView } from './target.part.js';

export const targetTones: Record<Target['status'], Tone> = {
  UNASSIGNED: 'still',
  ASSIGNED: 'warn',
  VISITED: 'busy',
  APPLIED: 'busy',
  LENT: 'good',
  REFUSED: 'still',
  NOT_INTERESTED: 'still',
};

/** Enterprises that the own bank was given to visit; who each is opens one by one, on the record. */
export function Targets() {
  const text = useText(campaignText);
  const [opened, open] = useState<Target>();
  useLive(['first-loan.'], ['targets', 'campaigns']);
  return (
    <Section title={text('targets.caption')} note={text('targets.note')} flush>
      <CursorTable
        caption={text('targets.caption')}
        name={['targets', 'page']}
        load={loadTargets}
        columns={useColumns(open)}
        rowKey={({ id }) => id}
        empty={<Empty why={text('targets.none')} />}
      />
      <Drawer
        title={text('target.look')}
        open={opened !== undefined}
        onClose={() => open(undefined)}
        size={560}
        destroyOnHidden
      >
        {opened ? <TargetView id={opened.id} done={() => open(undefined)} /> : null}
      </Drawer>
    </Section>
  );
}

function useColumns(open: (target: Target) => void): Column<Target>[] {
  const text = useText(campaignText);
  const { language } = useLanguage();
  const { base } = usePlace();
  return [
    { key: 'what', title: text('target.what'), cell: (target) => <Masked target={target} /> },
    {
      key: 'status',
      title: text('target.status'),
      cell: ({ status, reason }) => (
        <>
          <StatusTag tone={targetTones[status]}>{text(`target.${status}`)}</StatusTag>
          {reason ? <p className="quiet">{text(`why.${reason as 'OTHER'}`)}</p> : null}
        </>
      ),
    },
    {
      key: 'due',
      title: text('target.actBy'),
      cell: ({ actBy, assignedAt }) => <Deadline at={actBy} from={assignedAt ?? undefined} />,
    },
    { key: 'why', title: text('target.why'), cell: ({ why }) => why?.[language] ?? '—' },
    { key: 'visits', title: text('target.visits'), numeric: true, cell: ({ visits }) => visits },
    { key: 'lent', title: text('target.lent'), numeric: true, cell: ({ lentFen }) => <Money fen={lentFen} /> },
    {
      key: 'campaign',
      title: text('target.campaign'),
      cell: ({ campaignId, campaignTitle }) => <Link to={`${base}/campaigns/${campaignId}`}>{campaignTitle}</Link>,
    },
    { key: 'act', title: '', cell: (target) => <Look open={() => open(target)} /> },
  ];
}

/** District, trade and tier: what a list may say. */
function Masked({ target: { district, industry, tier } }: { target: Target }) {
  const word = useWord();
  const listing = useListing();
  return (
    <>
      {listing([word('district', district), word('industry', industry)])}
      <p>
        <TierTag tier={tier} />
      </p>
    </>
  );
}

function Look({ open }: { open: () => void }) {
  const text = useText(campaignText);
  return (
    <ConfirmAct
      label={text('target.look')}
      title={text('target.look')}
      what={<p>{text('target.lookWhat')}</p>}
      confirm={text('target.lookDo')}
      button={{ size: 'small' }}
      act={async () => open()}
      busy={false}
      error={null}
    />
  );
}
