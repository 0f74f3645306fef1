import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useListing, useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SearchFilter, SelectFilter } from '../parts/filter-bar.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { AddOrganisation } from './add-organisation.part.js';
import { kinds, loadOrganisations, type Organisation } from './organisation.query.js';
import { organisationText } from './organisation.text.js';
import { PendingRegistrations } from './pending-registrations.part.js';

export function OrganisationsPage() {
  const text = useText(organisationText);
  const title = useText(frameText)('operator.organisations');
  const { get } = useUrl();
  const filter = { kind: kinds.find((kind) => kind === get('kind')), q: get('q') };
  return (
    <Page title={title} question={text('orgs.question')} actions={<AddOrganisation />}>
      <PendingRegistrations />
      <FilterBar keys={['kind', 'q']}>
        <SearchFilter name="q" label={text('orgs.search')} />
        <SelectFilter
          name="kind"
          label={text('org.kind')}
          options={kinds.map((value) => ({ value, label: text(`org.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('orgs.caption')} flush>
        <CursorTable
          caption={text('orgs.caption')}
          name={['organisations', filter]}
          load={loadOrganisations(filter)}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('orgs.none')} />}
          exportName="organisations"
        />
      </Section>
    </Page>
  );
}

const tones = { ACTIVE: 'good', PENDING: 'warn', SUSPENDED: 'still', REJECTED: 'bad' } as const;

export function StandingTag({ status }: { status: keyof typeof tones }) {
  const text = useText(organisationText);
  return <StatusTag tone={tones[status]}>{text(`org.${status}`)}</StatusTag>;
}

function useColumns(): Column<Organisation>[] {
  const text = useText(organisationText);
  const listing = useListing();
  const members = ({ memberships }: Organisation) => listing(memberships.map((one) => text(`org.${one}`)));
  return [
    {
      key: 'name',
      title: text('org.name'),
      cell: ({ id, name }) => <Link to={`/operator/organisations/${id}`}>{name}</Link>,
      text: ({ name }) => name,
    },
    { key: 'code', title: text('org.code'), cell: ({ code }) => <Code value={code} />, text: ({ code }) => code },
    {
      key: 'kind',
      title: text('org.kind'),
      cell: ({ kind }) => text(`org.${kind}`),
      text: ({ kind }) => text(`org.${kind}`),
    },
    { key: 'members', title: text('org.memberships'), cell: (row) => members(row) || '—', text: members },
    {
      key: 'status',
      title: text('org.status'),
      cell: ({ status }) => <StandingTag status={status} />,
      text: ({ status }) => text(`org.${status}`),
    },
    {
      key: 'created',
      title: text('org.created'),
      cell: ({ createdAt }) => <When at={createdAt} />,
      text: ({ createdAt }) => createdAt,
    },
  ];
}
