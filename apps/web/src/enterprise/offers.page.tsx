import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { moneyText } from '../parts/format.rules.js';
import { Page, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { enterpriseText } from './enterprise.text.js';
import { needWorkText } from './need-work.text.js';
import { offerSorts, useCurrentNeed, useNeed, useOffers, type Offer } from './need.query.js';
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
  const { get } = useUrl();
  const sort = offerSorts.find((name) => name === get('sort')) ?? 'TOTAL_COST';
  const offers = useOffers(needId, sort);
  useLive(['offer.'], ['offers', 'need', 'needs']);
  return (
    <Answer query={offers}>
      {({ items, acceptedFen, leftFen }) =>
        items.length === 0 ? (
          <Section title={text('offers.title')}>
            <Empty why={text('offers.none')} />
          </Section>
        ) : (
          <Compared offers={items} acceptedFen={acceptedFen} leftFen={leftFen} />
        )
      }
    </Answer>
  );
}

interface ComparedProps {
  readonly offers: readonly Offer[];
  readonly acceptedFen: string;
  readonly leftFen: string;
}

/** One plan is drawn at a time: that of the offer in hand. */
function Compared({ offers, acceptedFen, leftFen }: ComparedProps) {
  const text = useText(enterpriseText);
  const work = useText(needWorkText);
  const { language } = useLanguage();
  const [picked, pick] = useState<string>();
  const shown = offers.find(({ id }) => id === picked) ?? offers[0]!;
  const partly = acceptedFen !== '0' && leftFen !== '0';
  const figures = { accepted: moneyText(acceptedFen, language), left: moneyText(leftFen, language) };
  return (
    <>
      <FilterBar keys={['sort']}>
        <SelectFilter
          name="sort"
          label={work('sort.label')}
          width={190}
          options={offerSorts.map((value) => ({ value, label: work(`sort.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('offers.title')} note={partly ? work('offer.left', figures) : text('offers.costHint')} flush>
        <OfferComparison offers={offers} shown={shown.id} show={pick} />
      </Section>
      <OfferPlan offer={shown} />
    </>
  );
}
