import type { Quote } from './case.query.js';
import { costOfDraft, draftOf, type OfferFields } from './offer-draft.rules.js';

const quotes: Quote[] = [
  { id: '2', tenor: '1Y', publishedOn: '2026-11-20', rateBp: 300, source: 's', verified: true },
  { id: '1', tenor: '1Y', publishedOn: '2026-10-20', rateBp: 310, source: 's', verified: true },
];
const fields: OfferFields = {
  amountFen: '100000000',
  basis: 'LPR',
  tenor: '1Y',
  spreadBp: 95,
  termMonths: 12,
  repayment: 'BULLET',
  security: 'UNSECURED',
  validTo: '2026-12-08',
};

describe('an offer that is being typed', () => {
  it('follows the newest LPR, and says the spread instead of a rate', () => {
    const draft = draftOf(fields, quotes)!;
    expect(draft.rateBp).toBe(395);
    expect(draft.body.lpr).toEqual({ tenor: '1Y', spreadBp: 95 });
    expect(draft.body.annualRateBp).toBeUndefined();
  });

  it.each([
    ['no LPR of the tenor', { ...fields, tenor: '5Y' as const }],
    ['a rate below nothing', { ...fields, spreadBp: -301 }],
    ['a fee without an amount', { ...fields, fees: [{ kind: 'GUARANTEE' as const, timing: 'YEARLY' as const }] }],
    ['no term', { ...fields, termMonths: null }],
  ])('cannot be sent with %s', (_why, typed) => {
    expect(draftOf(typed, quotes)).toBeNull();
  });

  it('costs what its fees cost, each as often as it falls due', () => {
    const fees = [{ kind: 'GUARANTEE' as const, timing: 'UPFRONT' as const, amountFen: '1000000' }];
    const draft = draftOf({ ...fields, basis: 'FIXED', ratePercent: 6, fees }, [])!;
    expect(costOfDraft(draft, '2026-11-23')).toEqual({
      irrBp: 708,
      annualCostBp: 700,
      totalFen: 7_000_000n,
      feesFen: 1_000_000n,
    });
  });
});
