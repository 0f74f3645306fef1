import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { AddPerson } from './add-person.part.js';
import { loadPeople, usePersonState, type Kind, type Person } from './organisation.query.js';
import { organisationText } from './organisation.text.js';
import { StandingTag } from './organisations.page.js';

interface PeopleTableProps {
  readonly organisation: string;
  readonly kind: Kind | undefined;
}

export function PeopleTable({ organisation, kind }: PeopleTableProps) {
  const text = useText(organisationText);
  const title = text('people.list');
  const adding = kind && kind !== 'enterprise' ? <AddPerson organisation={organisation} kind={kind} /> : null;
  return (
    <Section title={title} actions={adding} flush>
      <CursorTable
        caption={title}
        name={['people', organisation]}
        load={loadPeople(organisation)}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('people.none')} />}
        exportName="people"
      />
    </Section>
  );
}

function useColumns(): Column<Person>[] {
  const text = useText(organisationText);
  const role = useText(frameText);
  const roles = (person: Person) => person.roles.map((name) => role(`role.${name}`)).join(' · ');
  return [
    {
      key: 'name',
      title: text('person.name'),
      cell: ({ displayName }) => displayName,
      text: ({ displayName }) => displayName,
    },
    {
      key: 'login',
      title: text('person.login'),
      cell: ({ login }) => <code>{login}</code>,
      text: ({ login }) => login,
    },
    { key: 'roles', title: text('person.roles'), cell: roles, text: roles },
    {
      key: 'status',
      title: text('person.status'),
      cell: ({ status }) => <StandingTag status={status} />,
      text: ({ status }) => text(`org.${status}`),
    },
    {
      key: 'since',
      title: text('org.created'),
      cell: ({ createdAt }) => <When at={createdAt} />,
      text: ({ createdAt }) => createdAt,
    },
    { key: 'act', title: '', cell: (person) => <PersonAct person={person} /> },
  ];
}

function PersonAct({ person }: { person: Person }) {
  const text = useText(organisationText);
  const { data: me } = useMe();
  const suspended = person.status === 'SUSPENDED';
  const act = usePersonState(suspended ? 'reactivation' : 'suspension');
  if (person.id === me?.id) return null;
  return (
    <ConfirmAct
      label={text(suspended ? 'person.reactivate' : 'person.suspend')}
      title={person.displayName}
      what={<p>{suspended ? person.displayName : text('person.suspendWhat', { name: person.displayName })}</p>}
      confirm={text(suspended ? 'person.reactivate' : 'person.suspendConfirm')}
      button={{ size: 'small' }}
      danger={!suspended}
      act={() => act.mutateAsync(person.id)}
      busy={act.isPending}
      error={act.error}
    />
  );
}
