import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { type Column, wordColumn } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { loadListings, type Listing } from './listing.query.js';
import { listingText } from './listing.text.js';
import { usePlace } from './place.query.js';
import { WriteListing } from './write-listing.part.js';

export const listingTones: Record<Listing['status'], Tone> = { DRAFT: 'still', PUBLISHED: 'busy', CLOSED: 'good' };

/** Every list that one may see; departments draft new ones here. */
export function Listings() {
  const text = useText(listingText);
  const { office } = usePlace();
  return (
    <Section
      title={text('listings.caption')}
      note={text('listings.note')}
      actions={office ? <WriteListing /> : null}
      flush
    >
      <CursorTable
        caption={text('listings.caption')}
        name={['listings', 'page']}
        load={loadListings}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text(office ? 'listings.noneOwn' : 'listings.none')} />}
        exportName="listings"
      />
    </Section>
  );
}

function useColumns(): Column<Listing>[] {
  const text = useText(listingText);
  const word = useWord();
  const { base, office } = usePlace();
  // A bank looks for whom it can take up: those that agreed to be shown.
  const first = office ? '' : '?consent=CONSENTED';
  return [
    {
      key: 'title',
      title: text('listing.title'),
      cell: ({ id, title }) => <Link to={`${base}/lists/${id}${first}`}>{title}</Link>,
      text: ({ title }) => title,
    },
    {
      key: 'status',
      title: text('listing.status'),
      cell: ({ status }) => <StatusTag tone={listingTones[status]}>{text(`listing.${status}`)}</StatusTag>,
      text: ({ status }) => text(`listing.${status}`),
    },
    wordColumn('owner', text('listing.owner'), ({ owner }) => owner),
    wordColumn('industry', text('listing.industry'), ({ industry }) => word('industry', industry)),
    {
      key: 'period',
      title: text('listing.period'),
      cell: ({ opensOn, closesOn }) => (
        <>
          <When at={opensOn} /> – <When at={closesOn} />
        </>
      ),
      text: ({ opensOn, closesOn }) => `${opensOn} – ${closesOn}`,
    },
    {
      key: 'entries',
      title: text('listing.entries'),
      numeric: true,
      cell: ({ entries }) => countText(entries),
      text: ({ entries }) => entries,
    },
    {
      key: 'consented',
      title: text('listing.consented'),
      numeric: true,
      cell: ({ consented }) => countText(consented),
      text: ({ consented }) => consented,
    },
  ];
}
