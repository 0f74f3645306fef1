import { App } from 'antd';

import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { type Column, wordColumn } from '../parts/data-table.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { dayOf } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { districts, TierTag, useChoices, useWord } from '../parts/vocabulary.part.js';
import { loadEntries, useTakenEntries, useTakeUp, type Entry, type Listing } from './listing.query.js';
import { listingText } from './listing.text.js';
import { usePlace } from './place.query.js';

const consents = ['CONSENTED', 'ASKED', 'REFUSED'] as const;
const tones: Record<Entry['consent'], Tone> = { ASKED: 'busy', CONSENTED: 'good', REFUSED: 'still' };

/** Who is on the list; a bank takes up those that agreed to be shown. */
export function Entries({ listing }: { listing: Listing }) {
  const text = useText(listingText);
  const choices = useChoices();
  const { get } = useUrl();
  const filter = { district: get('district'), consent: consents.find((one) => one === get('consent')) };
  return (
    <>
      <FilterBar keys={['district', 'consent']}>
        <SelectFilter name="district" label={text('entry.district')} options={choices('district', districts)} />
        <SelectFilter
          name="consent"
          label={text('entry.consent')}
          options={consents.map((value) => ({ value, label: text(`entry.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('entries.caption')} flush>
        <CursorTable
          caption={text('entries.caption')}
          name={['listings', listing.id, 'entries', filter]}
          load={loadEntries(listing.id, filter)}
          columns={useColumns(listing)}
          rowKey={({ id }) => id}
          empty={<Empty why={text('entries.none')} />}
        />
      </Section>
    </>
  );
}

function useColumns(listing: Listing): Column<Entry>[] {
  const text = useText(listingText);
  const word = useWord();
  const { manager } = usePlace();
  const taken = useTakenEntries(manager).data;
  const today = dayOf(new Date());
  const open = listing.status === 'PUBLISHED' && today >= listing.opensOn && today <= listing.closesOn;
  const act = (entry: Entry) => {
    if (taken?.has(entry.id)) return <span className="quiet">{text('entry.taken')}</span>;
    if (!open || entry.consent !== 'CONSENTED' || entry.placesLeft === 0) return null;
    return <TakeIt listing={listing} entry={entry} />;
  };
  return [
    { key: 'name', title: text('entry.name'), cell: (entry) => <Who entry={entry} /> },
    wordColumn('district', text('entry.district'), ({ district }) => word('district', district)),
    wordColumn('industry', text('listing.industry'), ({ industry }) => word('industry', industry)),
    { key: 'tier', title: text('entry.tier'), cell: ({ tier }) => <TierTag tier={tier} /> },
    {
      key: 'consent',
      title: text('entry.consent'),
      cell: ({ consent }) => <StatusTag tone={tones[consent]}>{text(`entry.${consent}`)}</StatusTag>,
    },
    { key: 'places', title: text('entry.places'), numeric: true, cell: ({ placesLeft }) => placesLeft },
    ...(manager ? [{ key: 'act', title: '', cell: act }] : []),
  ];
}

function Who({ entry: { name, uscc } }: { entry: Entry }) {
  const text = useText(listingText);
  if (name === null || uscc === null) return <span className="quiet">{text('entry.hidden')}</span>;
  return (
    <>
      <strong>{name}</strong>
      <p className="quiet">
        <Code value={uscc} />
      </p>
    </>
  );
}

function TakeIt({ listing, entry }: { listing: Listing; entry: Entry }) {
  const text = useText(listingText);
  const { message } = App.useApp();
  const takeUp = useTakeUp(listing.id);
  const figures = { name: entry.name ?? '', places: entry.placesLeft, open: listing.openPerInstitution };
  return (
    <ConfirmAct
      label={text('entry.takeUp')}
      title={`${text('entry.takeUp')} · ${entry.name ?? ''}`}
      what={<p>{text('entry.takeUpWhat', figures)}</p>}
      confirm={text('entry.takeUpDo')}
      button={{ size: 'small', type: 'primary' }}
      act={() => takeUp.mutateAsync(entry.id).then(() => message.success(text('entry.done')))}
      busy={takeUp.isPending}
      error={takeUp.error}
    />
  );
}
