import { Button } from 'antd';
import { Link } from 'react-router';

import { useLanguage, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { moneyText } from '../parts/format.rules.js';
import { enterpriseText } from './enterprise.text.js';
import type { Progress } from './need-steps.rules.js';
import { needWorkText } from './need-work.text.js';
import { useCompletion, useExtension, usePublication, useWithdrawal, type NeedDetail } from './need.query.js';

const withdrawable = new Set(['DRAFT', 'PUBLISHED', 'FULL', 'EXPIRED']);

/** What the enterprise can do with its need in the state that it is in. */
export function NeedActs({ need, progress }: { need: NeedDetail; progress: Progress }) {
  const text = useText(enterpriseText);
  const onBoard = need.status === 'PUBLISHED' || need.status === 'FULL';
  return (
    <>
      {need.status === 'DRAFT' ? <Publish need={need} /> : null}
      {progress.offers > 0 ? (
        <Link to={`/enterprise/offers?need=${need.id}`}>
          <Button type="primary" tabIndex={-1}>
            {text('needs.offers', { count: progress.offers })}
          </Button>
        </Link>
      ) : null}
      {onBoard && accepted(need) > 0 ? <Complete need={need} /> : null}
      {onBoard ? <Extend need={need} /> : null}
      {withdrawable.has(need.status) ? <Withdraw need={need} count={progress.placesTaken} /> : null}
    </>
  );
}

function Publish({ need }: { need: NeedDetail }) {
  const text = useText(enterpriseText);
  const { language } = useLanguage();
  const publication = usePublication();
  const amount = moneyText(need.amountFen, language);
  return (
    <ConfirmAct
      label={text('needs.publish')}
      title={text('needs.publishTitle')}
      what={<p>{text('needs.publishWhat', { amount, term: need.termMonths })}</p>}
      confirm={text('draft.confirm')}
      button={{ type: 'primary' }}
      act={() => publication.mutateAsync(need.id)}
      busy={publication.isPending}
      error={publication.error}
    />
  );
}

const accepted = ({ grabs }: NeedDetail): number =>
  grabs.filter(({ status }) => status === 'ACCEPTED' || status === 'DISBURSED').length;

/** With several lenders: stops looking for the rest. */
function Complete({ need }: { need: NeedDetail }) {
  const text = useText(needWorkText);
  const completion = useCompletion();
  const running = need.grabs.filter(({ endedAt }) => endedAt === null).length - accepted(need);
  return (
    <ConfirmAct
      label={text('complete.do')}
      title={text('complete.title')}
      what={<p>{text('complete.what', { accepted: accepted(need), others: Math.max(0, running) })}</p>}
      confirm={text('complete.confirm')}
      act={() => completion.mutateAsync(need.id)}
      busy={completion.isPending}
      error={completion.error}
    />
  );
}

function Extend({ need }: { need: NeedDetail }) {
  const text = useText(enterpriseText);
  const extension = useExtension();
  return (
    <ConfirmAct
      label={text('needs.extend')}
      title={text('needs.extend')}
      what={<p>{text('needs.extendWhat')}</p>}
      confirm={text('needs.extendConfirm')}
      act={() => extension.mutateAsync(need.id)}
      busy={extension.isPending}
      error={extension.error}
    />
  );
}

function Withdraw({ need, count }: { need: NeedDetail; count: number }) {
  const text = useText(enterpriseText);
  const withdrawal = useWithdrawal();
  return (
    <ConfirmAct
      label={text('needs.withdraw')}
      title={text('needs.withdrawTitle')}
      what={<p>{text('needs.withdrawWhat', { count })}</p>}
      confirm={text('needs.withdrawConfirm')}
      danger
      act={() => withdrawal.mutateAsync(need.id)}
      busy={withdrawal.isPending}
      error={withdrawal.error}
    />
  );
}
