import { useMemo } from 'react';

import { useLanguage, useText } from '../frame/language.part.js';
import { Chart } from '../parts/chart.part.js';
import type { Column } from '../parts/data-table.part.js';
import { moneyFigure, moneyUnit } from '../parts/format.rules.js';
import { planOf, type Payment } from '../parts/repayment.rules.js';
import { enterpriseText } from './enterprise.text.js';
import type { Offer } from './need.query.js';
import { termsOf } from './offer-cost.rules.js';
import { planOption } from './offer-plan.option.js';

export function OfferPlan({ offer }: { offer: Offer }) {
  const text = useText(enterpriseText);
  const { language } = useLanguage();
  const plan = useMemo(() => planOf(termsOf(offer)), [offer]);
  const option = useMemo(
    () =>
      planOption(plan, language === 'zh' ? 1_000_000 : 100_000, {
        principal: text('offers.principal'),
        interest: text('offers.interest'),
        month: text('offers.month'),
      }),
    [plan, language, text],
  );
  const money = (key: 'principal' | 'interest' | 'balance', of: (payment: Payment) => bigint): Column<Payment> => ({
    key,
    title: text(`offers.${key}`),
    numeric: true,
    cell: (payment) => <span className="figure">{moneyFigure(of(payment), language)}</span>,
    text: (payment) => moneyFigure(of(payment), language).replaceAll(',', ''),
  });
  return (
    <Chart
      title={text('offers.plan', { bank: offer.institution })}
      unit={`${moneyUnit[language]} · ${text('offers.planHint')}`}
      option={option}
      rows={plan}
      rowKey={(payment) => String(payment.month)}
      exportName="repayment-plan"
      columns={[
        { key: 'month', title: text('offers.month'), cell: ({ month }) => month, text: ({ month }) => month },
        money('principal', (payment) => payment.principalFen),
        money('interest', (payment) => payment.interestFen),
        money('balance', (payment) => payment.balanceFen),
      ]}
    />
  );
}
