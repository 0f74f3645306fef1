import { closingReasonOf, complaintMoves, complaintStatuses, mayClose } from './outcome.rules.js';

const answerBy = new Date('2026-11-30T15:59:59.999Z');

describe('a complaint', () => {
  it('only goes forward, and ends', () => {
    expect(complaintStatuses.filter((status) => complaintMoves[status].length === 0)).toEqual(['CLOSED']);
    for (const [place, from] of complaintStatuses.entries())
      for (const to of complaintMoves[from]) expect(complaintStatuses.indexOf(to)).toBeGreaterThan(place);
  });

  it('is closed after an answer, or when the time for one is over', () => {
    expect(mayClose({ status: 'OPEN', answerBy }, answerBy)).toBe(false);
    expect(mayClose({ status: 'OPEN', answerBy }, new Date(answerBy.getTime() + 1))).toBe(true);
    expect(mayClose({ status: 'ANSWERED', answerBy }, new Date(0))).toBe(true);
    expect(mayClose({ status: 'CLOSED', answerBy }, new Date('2027-01-01'))).toBe(false);
  });
});

describe('why a need ended without money', () => {
  const ended = (status: 'DECLINED' | 'LAPSED', endedReason: string) => ({ status, endedReason });
  it.each([
    ['NOT_DRAWN', [ended('LAPSED', 'OFFER_EXPIRED'), ended('LAPSED', 'DRAWDOWN_DEADLINE')]],
    ['OFFERS_NOT_TAKEN', [ended('DECLINED', 'POOR_CREDIT'), ended('LAPSED', 'OFFER_EXPIRED')]],
    ['ALL_DECLINED', [ended('DECLINED', 'POOR_CREDIT'), ended('DECLINED', 'OTHER')]],
    ['NOBODY_LEFT', [ended('DECLINED', 'POOR_CREDIT'), ended('LAPSED', 'CONTACT_DEADLINE')]],
    ['NOBODY_LEFT', []],
  ])('%s', (reason, cases) => {
    expect(closingReasonOf(cases)).toBe(reason);
  });
});
