import { App } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { moneyText, rateText } from '../parts/format.rules.js';
import { useWord } from '../parts/vocabulary.part.js';
import { enterpriseText } from './enterprise.text.js';
import { useAcceptance, type Offer } from './need.query.js';
import { offerCost } from './offer-cost.rules.js';

/** Binding: the summary stands in figures between the first click and the second. */
export function AcceptOffer({ offer }: { offer: Offer }) {
  const text = useText(enterpriseText);
  const word = useWord();
  const { language } = useLanguage();
  const { message } = App.useApp();
  const acceptance = useAcceptance();
  if (offer.status !== 'OPEN') return <span className="quiet">—</span>;
  const bank = offer.institution;
  const cost = offerCost(offer);
  const figures = {
    amount: moneyText(offer.amountFen, language),
    rate: rateText(offer.annualRateBp),
    months: offer.termMonths,
    repayment: word('repayment', offer.repayment),
    total: moneyText(cost.totalFen, language),
    cost: rateText(offer.annualCostBp),
  };
  return (
    <ConfirmAct
      label={text('offers.accept')}
      title={text('offers.acceptTitle', { bank })}
      what={<p>{text('offers.acceptWhat', figures)}</p>}
      confirm={text('offers.acceptConfirm')}
      button={{ type: 'primary', size: 'small' }}
      act={async () => {
        await acceptance.mutateAsync(offer.id);
        message.success(text('offers.accepted', { bank }));
      }}
      busy={acceptance.isPending}
      error={acceptance.error}
    />
  );
}
