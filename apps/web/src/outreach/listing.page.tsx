import { Link, useParams } from 'react-router';

import { useText } from '../frame/language.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Facts, Page, Section } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { Entries } from './entries.part.js';
import { ListingActs } from './listing-acts.part.js';
import { ListingResults } from './listing-results.part.js';
import { useListingById, type Listing } from './listing.query.js';
import { listingText } from './listing.text.js';
import { listingTones } from './listings.part.js';
import { usePlace } from './place.query.js';

/** One list: what it says, who is on it, and what has come of it. */
export function ListingPage() {
  const { id = '' } = useParams();
  return <Answer query={useListingById(id)}>{(listing) => <ListingView listing={listing} />}</Answer>;
}

function ListingView({ listing }: { listing: Listing }) {
  const text = useText(listingText);
  const { base, office, oversees, organisation } = usePlace();
  // The service decides by the department's id; the name only spares others buttons that would be refused.
  const own = office && listing.owner === organisation;
  return (
    <Page
      title={listing.title}
      question={<Link to={`${base}?tab=listings`}>{text('listing.back')}</Link>}
      actions={<ListingActs listing={listing} own={own} />}
    >
      <ListingFacts listing={listing} />
      {listing.status !== 'DRAFT' && (own || oversees) ? <ListingResults id={listing.id} /> : null}
      {listing.status === 'DRAFT' ? null : <Entries listing={listing} />}
    </Page>
  );
}

function ListingFacts({ listing }: { listing: Listing }) {
  const text = useText(listingText);
  const word = useWord();
  const { status, owner, industry, opensOn, closesOn, entries, consented, banksPerEntry, openPerInstitution } = listing;
  return (
    <Section title={text('listing.about')}>
      <Facts
        items={[
          [text('listing.status'), <StatusTag tone={listingTones[status]}>{text(`listing.${status}`)}</StatusTag>],
          [text('listing.owner'), owner],
          [text('listing.industry'), word('industry', industry)],
          [
            text('listing.period'),
            <>
              <When at={opensOn} /> – <When at={closesOn} />
            </>,
          ],
          [text('listing.entries'), countText(entries)],
          [text('listing.consented'), countText(consented)],
          [text('listing.banks'), banksPerEntry],
          [text('listing.open'), openPerInstitution],
        ]}
      />
      {listing.rules ? <p className="gap prose">{listing.rules}</p> : null}
    </Section>
  );
}
