import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import type { Column } from '../parts/data-table.part.js';
import { moneyFigure, moneyUnit, rateText } from '../parts/format.rules.js';
import { useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { useProductWithdrawal, type Product } from './product.query.js';

/** From–to in one cell; one figure where both are the same. */
const span = (from: string, to: string) => (from === to ? from : `${from} – ${to}`);

export function useProductColumns(ownCode: string | undefined): Column<Product>[] {
  const text = useText(bankText);
  const word = useWord();
  const listing = useListing();
  const { language } = useLanguage();
  const amount = (product: Product) =>
    span(moneyFigure(product.amountMinFen, language), moneyFigure(product.amountMaxFen, language));
  const term = (product: Product) =>
    span(String(product.termMonthsMin), text('lead.months', { months: product.termMonthsMax }));
  const rate = (product: Product) => span(rateText(product.annualRateBpMin), rateText(product.annualRateBpMax));
  const security = (product: Product) => listing(product.security.map((code) => word('security', code)));
  return [
    {
      key: 'name',
      title: text('products.name'),
      cell: (product) => (
        <>
          <strong>{product.name}</strong>
          <p className="quiet clamp">{product.description}</p>
        </>
      ),
      text: ({ name }) => name,
    },
    {
      key: 'institution',
      title: text('products.institution'),
      cell: ({ institution }) => institution.name,
      text: ({ institution }) => institution.name,
    },
    {
      key: 'amount',
      title: `${text('products.amount')} (${moneyUnit[language]})`,
      numeric: true,
      cell: amount,
      text: amount,
    },
    { key: 'term', title: text('products.term'), numeric: true, cell: term, text: term },
    { key: 'rate', title: text('products.rate'), numeric: true, cell: rate, text: rate },
    { key: 'security', title: text('products.security'), cell: security, text: security },
    {
      key: 'act',
      title: '',
      cell: (product) =>
        product.institution.code === ownCode && product.status === 'OFFERED' ? <Withdraw product={product} /> : null,
    },
  ];
}

function Withdraw({ product }: { product: Product }) {
  const text = useText(bankText);
  const withdrawal = useProductWithdrawal();
  return (
    <ConfirmAct
      label={text('products.withdraw')}
      title={text('products.withdraw')}
      what={<p>{text('products.withdrawWhat', { name: product.name })}</p>}
      confirm={text('products.withdrawConfirm')}
      button={{ size: 'small' }}
      danger
      act={() => withdrawal.mutateAsync(product.id)}
      busy={withdrawal.isPending}
      error={withdrawal.error}
    />
  );
}
