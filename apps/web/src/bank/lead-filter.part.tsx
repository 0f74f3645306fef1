import { Segmented } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { bandText } from '../parts/format.rules.js';
import { useUrl } from '../parts/url.query.js';
import { districts, industries, securities, tiers, useChoices } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { boardText } from './board.text.js';
import { amountBands, scoreBands, type LeadFilter } from './lead.query.js';

export const filterKeys = ['amountBand', 'district', 'industry', 'tier', 'scoreBand', 'security'] as const;

/** What the address asks for; a code that nobody knows is as if it were not there. */
export function useLeadFilter(): LeadFilter {
  const { get } = useUrl();
  return {
    amountBand: amountBands.find((band) => band === get('amountBand')),
    district: districts.find((district) => district === get('district')),
    industry: industries.find((industry) => industry === get('industry')),
    tier: tiers.find((tier) => tier === get('tier')),
    scoreBand: scoreBands.find((band) => band === get('scoreBand')),
    security: securities.find((security) => security === get('security')),
    sort: get('sort') === 'fit' ? 'fit' : undefined,
  };
}

export function LeadFilters() {
  const text = useText(bankText);
  const { language } = useLanguage();
  const choices = useChoices();
  const bands = scoreBands.map((value) => ({ value, label: value }));
  return (
    <FilterBar keys={filterKeys}>
      <SelectFilter
        name="amountBand"
        label={text('lead.amount')}
        options={amountBands.map((value) => ({ value, label: bandText(value, language) }))}
      />
      <SelectFilter name="district" label={text('lead.district')} options={choices('district', districts)} />
      <SelectFilter name="industry" label={text('lead.industry')} options={choices('industry', industries)} />
      <SelectFilter name="tier" label={text('lead.tier')} options={choices('tier', tiers)} />
      <SelectFilter name="scoreBand" label={text('lead.score')} options={bands} width={100} />
      <SelectFilter name="security" label={text('lead.security')} options={choices('security', securities)} />
    </FilterBar>
  );
}

/** Newest first, or by how well leads fit the own products. */
export function SortChoice() {
  const text = useText(boardText);
  const { get, set } = useUrl();
  return (
    <Segmented
      aria-label={text('sort.label')}
      value={get('sort') === 'fit' ? 'fit' : 'newest'}
      options={(['newest', 'fit'] as const).map((value) => ({ value, label: text(`sort.${value}`) }))}
      onChange={(sort) => set({ sort: sort === 'fit' ? 'fit' : undefined })}
    />
  );
}
