import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { type Column, wordColumn } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { loadCampaigns, type Campaign } from './campaign.query.js';
import { campaignText } from './campaign.text.js';
import { usePlace } from './place.query.js';
import { WriteCampaign } from './write-campaign.part.js';

export const campaignTones: Record<Campaign['status'], Tone> = { DRAFT: 'still', OPEN: 'busy', CLOSED: 'good' };

/** First-loan campaigns that one may see; an office drafts new ones here. */
export function Campaigns() {
  const text = useText(campaignText);
  const { office } = usePlace();
  return (
    <Section
      title={text('campaigns.caption')}
      note={text('campaigns.note')}
      actions={office ? <WriteCampaign /> : null}
      flush
    >
      <CursorTable
        caption={text('campaigns.caption')}
        name={['campaigns', 'page']}
        load={loadCampaigns}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text(office ? 'campaigns.noneOwn' : 'campaigns.none')} />}
        exportName="first-loan-campaigns"
      />
    </Section>
  );
}

/** A count that may be hidden because it is small. */
export function useCountWords() {
  const text = useText(campaignText);
  return (count: number | null) => (count === null ? text('campaign.small') : countText(count));
}

function useColumns(): Column<Campaign>[] {
  const text = useText(campaignText);
  const countWords = useCountWords();
  const { base } = usePlace();
  const counts = ['considered', 'targets'] as const;
  return [
    {
      key: 'title',
      title: text('campaign.title'),
      cell: ({ id, title }) => <Link to={`${base}/campaigns/${id}`}>{title}</Link>,
      text: ({ title }) => title,
    },
    {
      key: 'status',
      title: text('campaign.status'),
      cell: ({ status }) => <StatusTag tone={campaignTones[status]}>{text(`campaign.${status}`)}</StatusTag>,
      text: ({ status }) => text(`campaign.${status}`),
    },
    wordColumn('owner', text('campaign.owner'), ({ owner }) => owner),
    {
      key: 'period',
      title: text('campaign.period'),
      cell: ({ opensOn, closesOn }) => (
        <>
          <When at={opensOn} /> – <When at={closesOn} />
        </>
      ),
      text: ({ opensOn, closesOn }) => `${opensOn} – ${closesOn}`,
    },
    ...counts.map((key): Column<Campaign> => ({
      key,
      title: text(`campaign.${key}`),
      numeric: true,
      cell: (campaign) => (campaign.status === 'DRAFT' ? '—' : countWords(campaign[key])),
      text: (campaign) => campaign[key],
    })),
  ];
}
