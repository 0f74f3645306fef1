import { Button, Drawer } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { FeedName } from '../parts/feed-name.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { useUrl } from '../parts/url.query.js';
import { claimTones } from './claim-tone.option.js';
import { ClaimWork } from './claim-work.part.js';
import { claimStates, loadClaims, useClaimFigures, type Claim } from './claim.query.js';
import { FeedFilter } from './set-aside.part.js';
import { stewardText } from './steward.text.js';

/** Rows without a code: what they say about whom they mean, and who that is. */
export function Claims() {
  const text = useText(stewardText);
  const { get } = useUrl();
  const [open, setOpen] = useState<Claim>();
  const filter = { state: claimStates.find((state) => state === get('state')), feed: get('feed') };
  return (
    <>
      <Figures />
      <FilterBar keys={['feed', 'state']}>
        <FeedFilter />
        <SelectFilter
          name="state"
          label={text('row.state')}
          options={claimStates.map((value) => ({ value, label: text(`claim.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('tab.claims')} note={text('claims.note')} flush>
        <CursorTable
          caption={text('tab.claims')}
          name={['claims', filter]}
          load={loadClaims(filter)}
          columns={useColumns(setOpen)}
          rowKey={({ id }) => id}
          empty={<Empty why={text('claims.none')} />}
        />
      </Section>
      <Drawer
        title={text('claim.title')}
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        size={860}
        destroyOnHidden
      >
        {open ? <ClaimWork id={open.id} /> : null}
      </Drawer>
    </>
  );
}

function Figures() {
  const text = useText(stewardText);
  const { data } = useClaimFigures();
  if (!data) return null;
  return (
    <Tiles>
      <Tile label={text('claim.WAITING')} value={countText(data.waiting)} />
      <Tile label={text('claim.LINKED')} value={countText(data.linked)} />
      <Tile label={text('claims.matched')} value={countText(data.matched)} />
      <Tile label={text('claim.NOBODY')} value={countText(data.nobody)} />
    </Tiles>
  );
}

function useColumns(open: (claim: Claim) => void): Column<Claim>[] {
  const text = useText(stewardText);
  return [
    {
      key: 'state',
      title: text('row.state'),
      cell: ({ state }) => <StatusTag tone={claimTones[state]}>{text(`claim.${state}`)}</StatusTag>,
    },
    {
      key: 'says',
      title: text('claim.says'),
      cell: ({ claimed }) => (
        <>
          {claimed.name ?? claimed.organisationCode ?? claimed.account ?? '—'}
          <p className="quiet">{[claimed.representative, claimed.address].filter(Boolean).join(' · ')}</p>
        </>
      ),
    },
    { key: 'feed', title: text('feed'), cell: ({ feed }) => <FeedName feed={feed} /> },
    { key: 'rows', title: text('act.rows'), numeric: true, cell: ({ rows }) => countText(rows) },
    { key: 'candidates', title: text('claim.candidates'), numeric: true, cell: ({ candidates }) => candidates },
    { key: 'score', title: text('claim.score'), numeric: true, cell: ({ score }) => score ?? '—' },
    { key: 'uscc', title: text('claim.uscc'), cell: ({ uscc }) => (uscc ? <code>{uscc}</code> : '—') },
    { key: 'seen', title: text('row.received'), cell: ({ seenAt }) => <When at={seenAt} /> },
    {
      key: 'act',
      title: '',
      cell: (claim) => (
        <Button size="small" onClick={() => open(claim)}>
          {text('row.open')}
        </Button>
      ),
    },
  ];
}
