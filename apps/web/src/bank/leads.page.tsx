import { useRef, useState } from 'react';

import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { bandText } from '../parts/format.rules.js';
import { Page, Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { districts, industries, tiers, useChoices } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { GrabLead } from './grab-lead.part.js';
import { useLeadColumns } from './lead-columns.part.js';
import { amountBands, loadLeads, type Lead } from './lead.query.js';

/** Leads move while one looks: asked for again every five seconds, what is new since the page was opened is lit up. */
export function LeadsPage() {
  const text = useText(bankText);
  const title = useText(frameText)('bank.leads');
  const { get } = useUrl();
  const filter = {
    amountBand: amountBands.find((band) => band === get('amountBand')),
    district: get('district'),
    industry: get('industry'),
    tier: tiers.find((tier) => tier === get('tier')),
  };
  const { data: me } = useMe();
  const [taking, take] = useState<Lead>();
  const openedAt = useRef(new Date().toISOString());
  const freshness = ({ publishedAt }: Lead) => (publishedAt > openedAt.current ? 'fresh' : undefined);
  return (
    <Page title={title} question={text('leads.question')}>
      <LeadFilters />
      <Section title={text('leads.caption')} note={text('leads.live')} flush>
        <CursorTable
          caption={text('leads.caption')}
          name={['leads', filter]}
          load={loadLeads(filter)}
          columns={useLeadColumns(me?.roles.includes('account-manager') ? take : undefined)}
          rowKey={({ needId }) => needId}
          rowClass={freshness}
          empty={<Empty why={text('leads.none')} />}
          exportName="leads"
          refreshMs={5_000}
        />
      </Section>
      <GrabLead lead={taking} close={() => take(undefined)} />
    </Page>
  );
}

function LeadFilters() {
  const text = useText(bankText);
  const { language } = useLanguage();
  const choices = useChoices();
  return (
    <FilterBar keys={['amountBand', 'district', 'industry', 'tier']}>
      <SelectFilter
        name="amountBand"
        label={text('lead.amount')}
        options={amountBands.map((value) => ({ value, label: bandText(value, language) }))}
      />
      <SelectFilter
        name="district"
        label={text('lead.district')}
        options={choices('district', districts)}
        width={170}
      />
      <SelectFilter
        name="industry"
        label={text('lead.industry')}
        options={choices('industry', industries)}
        width={180}
      />
      <SelectFilter name="tier" label={text('lead.tier')} options={choices('tier', tiers)} width={170} />
    </FilterBar>
  );
}
