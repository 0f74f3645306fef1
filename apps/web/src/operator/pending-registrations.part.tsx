import { Input } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { DataTable } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { useApproval, usePending, useRejection, type Registration } from './organisation.query.js';
import { organisationText } from './organisation.text.js';

/** Accounts that wait for two operators; the section is there only when one waits. */
export function PendingRegistrations() {
  const text = useText(organisationText);
  const { data } = usePending();
  if (!data?.items.length) return null;
  return (
    <Section title={text('approvals.title')} flush>
      <DataTable
        caption={text('approvals.title')}
        rows={data.items}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', title: text('org.name'), cell: ({ name }) => name },
          { key: 'uscc', title: text('org.code'), cell: ({ uscc }) => <Code value={uscc} /> },
          { key: 'login', title: text('person.login'), cell: ({ login }) => login },
          { key: 'at', title: text('org.created'), cell: ({ createdAt }) => <When at={createdAt} /> },
          {
            key: 'count',
            title: text('org.status'),
            cell: ({ approvals }) => text('approvals.count', { count: approvals }),
          },
          { key: 'act', title: '', cell: (registration) => <Decide registration={registration} /> },
        ]}
      />
    </Section>
  );
}

function Decide({ registration }: { registration: Registration }) {
  const text = useText(organisationText);
  const approval = useApproval();
  const rejection = useRejection();
  const [reason, setReason] = useState('');
  return (
    <span className="page-actions">
      <ConfirmAct
        label={text('approvals.approve')}
        title={text('approvals.approve')}
        what={<p>{text('approvals.approveWhat', { name: registration.name })}</p>}
        confirm={text('approvals.approveConfirm')}
        button={{ size: 'small', type: 'primary' }}
        act={() => approval.mutateAsync(registration.id)}
        busy={approval.isPending}
        error={approval.error}
      />
      <ConfirmAct
        label={text('approvals.reject')}
        title={registration.name}
        what={
          <Input.TextArea
            aria-label={text('approvals.reason')}
            placeholder={text('approvals.reason')}
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        }
        confirm={text('approvals.rejectConfirm')}
        button={{ size: 'small' }}
        blocked={reason.trim() === ''}
        danger
        act={() => rejection.mutateAsync({ id: registration.id, reason: reason.trim() })}
        busy={rejection.isPending}
        error={rejection.error}
      />
    </span>
  );
}
