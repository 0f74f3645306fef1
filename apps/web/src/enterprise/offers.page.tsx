import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { enterpriseText } from './enterprise.text.js';
import { useCurrentNeed, useNeed, useOffers, type Offer } from './need.query.js';
import { OfferComparison } from './offer-comparison.part.js';
import { OfferPlan } from './offer-plan.part.js';

export function OffersPage() {
  const text = useText(enterpriseText);
  const title = useText(frameText)('enterprise.offers');
  const asked = useUrl().get('need');
  const current = useCurrentNeed();
  const named = useNeed(asked);
  const need = asked ? named : current;
  return (
    <Page title={title} question={text('offers.question')}>
      <Answer query={need}>{(found) => (found ? <OffersOf needId={found.id} /> : <NoNeed />)}</Answer>
    </Page>
  );
}

function NoNeed() {
  const text = useText(enterpriseText);
  const next = (
    <Link to="/enterprise/needs/new">
      <Button type="primary">{text('needs.new')}</Button>
    </Link>
  );
  return <Empty why={text('offers.noNeed')} next={next} />;
}

function OffersOf({ needId }: { needId: string }) {
  const text = useText(enterpriseText);
  const offers = useOffers(needId);
  return (
    <Answer query={offers}>
      {({ items }) =>
        items.length === 0 ? (
          <Section title={text('offers.title')}>
            <Empty why={text('offers.none')} />
          </Section>
        ) : (
          <Compared offers={items} />
        )
      }
    </Answer>
  );
}

/** One plan is drawn at a time: that of the offer in hand. */
function Compared({ offers }: { offers: readonly Offer[] }) {
  const text = useText(enterpriseText);
  const [picked, pick] = useState<string>();
  const shown = offers.find(({ id }) => id === picked) ?? offers[0]!;
  return (
    <>
      <Section title={text('offers.title')} note={text('offers.costHint')} flush>
        <OfferComparison offers={offers} shown={shown.id} show={pick} />
      </Section>
      <OfferPlan offer={shown} />
    </>
  );
}
