import { Button } from 'antd';
import type { ReactNode } from 'react';

import { useText } from '../frame/language.part.js';
import { Money, Rate, When } from '../parts/figures.part.js';
import { StateTag, useWord } from '../parts/vocabulary.part.js';
import { AcceptOffer } from './accept-offer.part.js';
import { enterpriseText } from './enterprise.text.js';
import { needWorkText } from './need-work.text.js';
import type { Offer } from './need.query.js';
import { lowestCostBp, offerCost } from './offer-cost.rules.js';

interface ComparisonProps {
  readonly offers: readonly Offer[];
  readonly shown: string;
  readonly show: (id: string) => void;
}

interface Line {
  readonly label: string;
  readonly cell: (offer: Offer) => ReactNode;
  /** Offers that differ here are marked; the text that decides it. */
  readonly differs?: (offer: Offer) => unknown;
}

/** Offers side by side, one column each; a line on which they differ is marked. */
export function OfferComparison({ offers, shown, show }: ComparisonProps) {
  const text = useText(enterpriseText);
  const lines = useLines(offers);
  return (
    <div className="table-scroll" role="region" aria-label={text('offers.title')} tabIndex={0}>
      <table className="data compare">
        <thead>
          <tr>
            <td />
            {offers.map((offer) => (
              <th key={offer.id} scope="col">
                <Button type="link" aria-pressed={offer.id === shown} onClick={() => show(offer.id)}>
                  {offer.institution}
                </Button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, cell, differs }) => (
            <tr key={label} className={differs && new Set(offers.map(differs)).size > 1 ? 'differs' : undefined}>
              <th scope="row">{label}</th>
              {offers.map((offer) => (
                <td key={offer.id} className={offer.id === shown ? 'shown figure' : 'figure'}>
                  {cell(offer)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useLines(offers: readonly Offer[]): Line[] {
  const text = useText(enterpriseText);
  const work = useText(needWorkText);
  const lowest = lowestCostBp(offers);
  return [
    { label: text('offers.cost'), cell: (offer) => <Cost offer={offer} lowest={offer.annualCostBp === lowest} /> },
    { label: work('offer.irr'), cell: ({ irrBp }) => <Rate bp={irrBp} />, differs: ({ irrBp }) => irrBp },
    { label: text('offers.total'), cell: (offer) => <Money fen={offerCost(offer).totalFen.toString()} /> },
    ...useTermLines(),
    { label: text('offers.validTo'), cell: (offer) => <When at={offer.validTo} /> },
    { label: text('offers.status'), cell: (offer) => <StateTag kind="offer" state={offer.status} /> },
    { label: text('offers.act'), cell: (offer) => <AcceptOffer offer={offer} /> },
  ];
}

function Cost({ offer, lowest }: { offer: Offer; lowest: boolean }) {
  const text = useText(enterpriseText);
  return (
    <>
      <strong>
        <Rate bp={offer.annualCostBp} />
      </strong>
      {lowest ? <span className="tag strong">{text('offers.best')}</span> : null}
      {offer.aboveRateMax ? <span className="tag">{text('offers.above')}</span> : null}
    </>
  );
}

/** The terms on which offers may differ. */
function useTermLines(): Line[] {
  const text = useText(enterpriseText);
  const word = useWord();
  const line = (label: string, of: (offer: Offer) => unknown, cell: Line['cell']): Line => ({
    label,
    cell,
    differs: of,
  });
  const months = (offer: Offer) => text('field.termMonths', { months: offer.termMonths });
  return [
    line(
      text('offers.amount'),
      ({ amountFen }) => amountFen,
      ({ amountFen }) => <Money fen={amountFen} />,
    ),
    line(
      text('offers.rate'),
      ({ annualRateBp }) => annualRateBp,
      ({ annualRateBp }) => <Rate bp={annualRateBp} />,
    ),
    line(
      text('offers.fees'),
      ({ feesFen }) => feesFen,
      ({ feesFen }) => <Money fen={feesFen} />,
    ),
    line(text('offers.term'), ({ termMonths }) => termMonths, months),
    line(
      text('offers.repayment'),
      ({ repayment }) => repayment,
      ({ repayment }) => word('repayment', repayment),
    ),
    line(
      text('offers.security'),
      ({ security }) => security,
      ({ security }) => word('security', security),
    ),
  ];
}
