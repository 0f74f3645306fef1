import { Link, useParams } from 'react-router';

import { useInstitutionName } from '../client/institution.query.js';
import type { Values } from '../frame/dictionary.rules.js';
import { useListing, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { When } from '../parts/figures.part.js';
import { Facts, Page, Section } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { ProgressOf } from './campaign-progress.part.js';
import { useCampaign, useCampaignMove, type Campaign } from './campaign.query.js';
import { campaignText } from './campaign.text.js';
import { campaignTones, useCountWords } from './campaigns.part.js';
import { usePlace } from './place.query.js';

/** One first-loan campaign: whom it reaches, who visits, what came of it. */
export function CampaignPage() {
  const { id = '' } = useParams();
  return <Answer query={useCampaign(id)}>{(campaign) => <CampaignView campaign={campaign} />}</Answer>;
}

function CampaignView({ campaign }: { campaign: Campaign }) {
  const text = useText(campaignText);
  const { base, office, organisation } = usePlace();
  // The service decides by the office's id; the name only spares others buttons that would be refused.
  const own = office && campaign.owner === organisation;
  return (
    <Page
      title={campaign.title}
      question={<Link to={`${base}?tab=campaigns`}>{text('campaign.back')}</Link>}
      actions={own ? <Acts campaign={campaign} /> : null}
    >
      <CampaignFacts campaign={campaign} />
      {campaign.status === 'DRAFT' ? null : <ProgressOf id={campaign.id} whole={office} />}
    </Page>
  );
}

function CampaignFacts({ campaign }: { campaign: Campaign }) {
  const text = useText(campaignText);
  const countWords = useCountWords();
  const nameOf = useInstitutionName();
  const listing = useListing();
  const { status, owner, opensOn, closesOn, institutions, idleDays, openPerInstitution } = campaign;
  const opened = status !== 'DRAFT';
  return (
    <Section title={text('campaign.about')}>
      <Facts
        items={[
          [text('campaign.status'), <StatusTag tone={campaignTones[status]}>{text(`campaign.${status}`)}</StatusTag>],
          [text('campaign.owner'), owner],
          [
            text('campaign.period'),
            <>
              <When at={opensOn} /> – <When at={closesOn} />
            </>,
          ],
          [text('campaign.scope'), <Scope campaign={campaign} />],
          [
            text('campaign.institutions'),
            institutions ? listing(institutions.map(nameOf)) : text('campaign.allMembers'),
          ],
          [text('campaign.considered'), opened ? countWords(campaign.considered) : '—'],
          [text('campaign.unknown'), opened ? countWords(campaign.unknown) : '—'],
          [text('campaign.targets'), opened ? countWords(campaign.targets) : '—'],
          [text('campaign.idleDays'), idleDays],
          [text('campaign.openPer'), openPerInstitution],
        ]}
      />
      {campaign.rules ? <p className="gap prose">{campaign.rules}</p> : null}
    </Section>
  );
}

function Scope({ campaign: { districts, industries, tiers } }: { campaign: Campaign }) {
  const text = useText(campaignText);
  const word = useWord();
  const listing = useListing();
  const parts = [
    ...(districts ?? []).map((code) => word('district', code)),
    ...(industries ?? []).map((code) => word('industry', code)),
    ...(tiers ?? []).map((code) => word('tier', code)),
  ];
  return parts.length > 0 ? listing(parts) : text('campaign.everybody');
}

function Acts({ campaign }: { campaign: Campaign }) {
  const text = useText(campaignText);
  const countWords = useCountWords();
  const open = useCampaignMove('opening');
  const close = useCampaignMove('closure');
  if (campaign.status === 'CLOSED') return null;
  const draft = campaign.status === 'DRAFT';
  const [act, name] = draft ? [open, 'open' as const] : [close, 'close' as const];
  const figures: Values = draft
    ? { open: campaign.openPerInstitution, days: campaign.idleDays }
    : { targets: countWords(campaign.targets) };
  return (
    <ConfirmAct
      label={text(`campaign.${name}`)}
      title={text(`campaign.${name}`)}
      what={<p>{text(`campaign.${name}What`, figures)}</p>}
      confirm={text(`campaign.${name}Do`)}
      danger={!draft}
      {...(draft ? { button: { type: 'primary' as const } } : {})}
      act={() => act.mutateAsync(campaign.id)}
      busy={act.isPending}
      error={act.error}
    />
  );
}
