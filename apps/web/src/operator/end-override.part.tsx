import { Input } from 'antd';
import { useState } from 'react';

import { useInstitutions } from '../client/institution.query.js';
import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { dayOf } from '../parts/format.rules.js';
import { useLimitWords, useScopeWords } from './limit-columns.part.js';
import { useProposal, type LimitChange, type Proposal } from './limit.query.js';
import { operatorText } from './operator.text.js';

/** Proposes that an override ends: the market's value holds again once another operator has approved it. */
export function EndOverride({ override }: { override: LimitChange }) {
  const text = useText(operatorText);
  const { nameOf, valueOf } = useLimitWords();
  const scopeOf = useScopeWords();
  const scope = useProposalScope(override);
  const proposal = useProposal();
  const [reason, setReason] = useState('');
  const propose = () =>
    proposal.mutateAsync({
      what: override.what as Proposal['what'],
      value: null,
      effectiveFrom: dayOf(new Date()),
      reason: reason.trim(),
      ...scope,
    });
  const figures = { what: nameOf(override), scope: scopeOf(override), value: valueOf(override) };
  return (
    <ConfirmAct
      label={text('override.end')}
      title={text('override.end')}
      what={
        <div className="stacked">
          <p>{text('override.endWhat', figures)}</p>
          <Input.TextArea
            aria-label={text('limit.reason')}
            placeholder={text('limit.reason')}
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      }
      confirm={text('limit.submit')}
      button={{ size: 'small' }}
      blocked={reason.trim() === ''}
      act={propose}
      busy={proposal.isPending}
      error={proposal.error}
    />
  );
}

/** A proposal names a bank by its code, what is in force by its id. */
function useProposalScope({ scope }: LimitChange): Pick<Proposal, 'institution' | 'productId' | 'district' | 'grade'> {
  const institution = (useInstitutions().data ?? []).find(({ id }) => id === scope.institutionId)?.code;
  return {
    ...(institution ? { institution } : {}),
    ...(scope.productId ? { productId: scope.productId } : {}),
    ...(scope.district ? { district: scope.district } : {}),
    ...(scope.grade ? { grade: scope.grade as NonNullable<Proposal['grade']> } : {}),
  };
}
