import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { useRepublication } from './need-work.query.js';
import { needWorkText } from './need-work.text.js';
import type { Need } from './need.query.js';

const withoutMoney = new Set<Need['status']>(['EXPIRED', 'WITHDRAWN', 'CLOSED_UNFUNDED']);

/** Another try with a need that ended without money: a new version, linked to this one. */
export function RepublishNeed({ need }: { need: Need }) {
  const text = useText(needWorkText);
  const republication = useRepublication();
  if (!withoutMoney.has(need.status) || need.nextId !== null || need.endedAt === null) return null;
  return (
    <ConfirmAct
      label={text('again.do')}
      title={text('again.title')}
      what={<p>{text('again.what')}</p>}
      confirm={text('again.confirm')}
      button={{ size: 'small' }}
      act={() => republication.mutateAsync(need.id)}
      busy={republication.isPending}
      error={republication.error}
    />
  );
}
