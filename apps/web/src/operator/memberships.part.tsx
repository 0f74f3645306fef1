import { App, Checkbox } from 'antd';
import { useState } from 'react';

import { useListing, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { memberships } from './add-organisation.part.js';
import { useMemberships, type Organisation } from './organisation.query.js';
import { organisationText } from './organisation.text.js';

/** What an institution takes part in, from now on: what is not ticked ends at once. */
export function Memberships({ organisation }: { organisation: Organisation }) {
  const text = useText(organisationText);
  const listing = useListing();
  const { message } = App.useApp();
  const change = useMemberships(organisation.id);
  const [chosen, choose] = useState<Organisation['memberships']>(organisation.memberships);
  const said = (of: Organisation['memberships']) =>
    listing(of.map((one) => text(`org.${one}`))) || text('org.noMembership');
  const same = [...chosen].toSorted().join() === [...organisation.memberships].toSorted().join();
  const act = async () => {
    await change.mutateAsync(chosen);
    message.success(text('org.membershipsDone'));
  };
  return (
    <ConfirmAct
      label={`${text('org.memberships')} · ${said(organisation.memberships)}`}
      title={text('org.membershipsTitle')}
      what={
        <div className="stacked">
          <Checkbox.Group
            value={[...chosen]}
            options={memberships.map((value) => ({ value, label: text(`org.${value}`) }))}
            onChange={(values) => choose(memberships.filter((one) => values.includes(one)))}
          />
          <p>{text('org.membershipsWhat', { before: said(organisation.memberships), after: said(chosen) })}</p>
        </div>
      }
      confirm={text('org.membershipsConfirm')}
      blocked={same}
      act={act}
      busy={change.isPending}
      error={change.error}
    />
  );
}
