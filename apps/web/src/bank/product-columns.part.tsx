import { Button } from 'antd';

import { useLanguage, useListing, useText } from '../frame/language.part.js';
import type { Column } from '../parts/data-table.part.js';
import { moneyFigure, moneyUnit, rateText } from '../parts/format.rules.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import type { Product } from './product.query.js';
import { shelfText } from './shelf.text.js';

const tones: Record<Product['status'], Tone> = { DRAFT: 'busy', OFFERED: 'good', WITHDRAWN: 'still' };

type Ranges = Pick<
  Product,
  | 'amountMinFen'
  | 'amountMaxFen'
  | 'termMonthsMin'
  | 'termMonthsMax'
  | 'annualRateBpMin'
  | 'annualRateBpMax'
  | 'security'
>;

/** From–to in one cell; one figure where both are the same. */
const span = (from: string, to: string) => (from === to ? from : `${from} – ${to}`);

/** Amount, term, rate and security of a product or of a programme's frame. */
export function useRangeColumns<Row extends Ranges>(): Column<Row>[] {
  const text = useText(bankText);
  const word = useWord();
  const listing = useListing();
  const { language } = useLanguage();
  const amount = (row: Row) => span(moneyFigure(row.amountMinFen, language), moneyFigure(row.amountMaxFen, language));
  const term = (row: Row) => span(String(row.termMonthsMin), text('lead.months', { months: row.termMonthsMax }));
  const rate = (row: Row) => span(rateText(row.annualRateBpMin), rateText(row.annualRateBpMax));
  const security = (row: Row) => listing(row.security.map((code) => word('security', code)));
  return [
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
  ];
}

export function useProductColumns(open: (product: Product) => void): Column<Product>[] {
  const text = useText(bankText);
  const shelf = useText(shelfText);
  const family = (product: Product) => shelf(`family.${product.family}`);
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
    { key: 'family', title: shelf('family'), cell: family, text: family },
    {
      key: 'institution',
      title: text('products.institution'),
      cell: ({ institution }) => institution.name,
      text: ({ institution }) => institution.name,
    },
    ...useRangeColumns<Product>(),
    {
      key: 'status',
      title: shelf('state'),
      cell: ({ status }) => <StatusTag tone={tones[status]}>{shelf(`status.${status}`)}</StatusTag>,
      text: ({ status }) => shelf(`status.${status}`),
    },
    {
      key: 'act',
      title: '',
      cell: (product) => (
        <Button size="small" onClick={() => open(product)}>
          {shelf('open')}
        </Button>
      ),
    },
  ];
}
