import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { When } from '../parts/figures.part.js';
import { useRevocation, type Authorisation } from './consent.query.js';
import { consentText } from './consent.text.js';
import { useCurrentNeed } from './need.query.js';

export function RevokeAuthorisation({ authorisation }: { authorisation: Authorisation }) {
  const text = useText(consentText);
  const revocation = useRevocation();
  const { data: need } = useCurrentNeed();
  if (authorisation.revokedAt) return <When at={authorisation.revokedAt} />;
  if (authorisation.status === 'EXPIRED') return <span className="quiet">—</span>;
  const published = need && ['PUBLISHED', 'FULL'].includes(need.status);
  return (
    <ConfirmAct
      label={text('revoke')}
      title={text('revokeTitle')}
      what={<p>{text('revokeWhat', { needs: text(published ? 'revokeNeeds' : 'revokeNoNeeds') })}</p>}
      confirm={text('revokeConfirm')}
      button={{ size: 'small' }}
      danger
      act={() => revocation.mutateAsync(authorisation.id)}
      busy={revocation.isPending}
      error={revocation.error}
    />
  );
}
