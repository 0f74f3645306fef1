import { useParams } from 'react-router';

import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { Memberships } from './memberships.part.js';
import { useOrganisation } from './organisation.query.js';
import { organisationText } from './organisation.text.js';
import { PeopleTable } from './people-table.part.js';

/** The people of any organisation, for the operator. */
export function PeoplePage() {
  const text = useText(organisationText);
  const { id = '' } = useParams();
  const organisation = useOrganisation(id);
  const found = organisation.data;
  const name = found?.name ?? '…';
  return (
    <Page
      title={text('people.title', { name })}
      actions={
        found?.kind === 'institution' ? <Memberships key={String(found.memberships)} organisation={found} /> : null
      }
    >
      <PeopleTable organisation={id} kind={found?.kind} />
    </Page>
  );
}

/** One's own colleagues, for the administrator of an institution. */
export function OwnPeoplePage() {
  const title = useText(frameText)('bank.people');
  const { data: me } = useMe();
  if (!me) return null;
  return (
    <Page title={title}>
      <PeopleTable organisation={me.organisation.id} kind={me.organisation.kind} />
    </Page>
  );
}
