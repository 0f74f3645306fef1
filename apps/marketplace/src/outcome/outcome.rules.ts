import type { GrabStatus } from '@app/contracts';

/** 服务态度, 未按时联系, 乱收费, 搭售, 泄露信息, 与承诺不符, 其他. */
export const complaintCategories = [
  'ATTITUDE',
  'NO_CONTACT',
  'UNDUE_FEES',
  'TIED_SALE',
  'DATA_LEAK',
  'BROKEN_PROMISE',
  'OTHER',
] as const;
export type ComplaintCategory = (typeof complaintCategories)[number];

export const complaintStatuses = ['OPEN', 'ANSWERED', 'CLOSED'] as const;
export type ComplaintStatus = (typeof complaintStatuses)[number];

/** Which state follows which. What is not listed does not happen. */
export const complaintMoves: Record<ComplaintStatus, readonly ComplaintStatus[]> = {
  OPEN: ['ANSWERED', 'CLOSED'],
  ANSWERED: ['CLOSED'],
  CLOSED: [],
};

/** An operator closes a complaint after the bank has answered, or when its time to answer is over. */
export function mayClose(complaint: { status: ComplaintStatus; answerBy: Date }, now: Date): boolean {
  if (!complaintMoves[complaint.status].includes('CLOSED')) return false;
  return complaint.status === 'ANSWERED' || complaint.answerBy < now;
}

interface EndedCase {
  status: GrabStatus;
  endedReason: string | null;
}

/** Why a need ended without money, from how its cases ended; the first that holds. */
export function closingReasonOf(cases: readonly EndedCase[]): string {
  if (cases.some(({ endedReason }) => endedReason === 'DRAWDOWN_DEADLINE')) return 'NOT_DRAWN';
  if (cases.some(({ endedReason }) => endedReason === 'OFFER_EXPIRED')) return 'OFFERS_NOT_TAKEN';
  if (cases.length > 0 && cases.every(({ status }) => status === 'DECLINED')) return 'ALL_DECLINED';
  return 'NOBODY_LEFT';
}
