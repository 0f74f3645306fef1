import type { GrabStatus, NeedStatus } from '@app/contracts';
import { type Fen, yuan } from '@app/kernel';

import { everywhere, type Scope } from '../limit/limit.rules.js';

export const securities = ['UNSECURED', 'GUARANTEE', 'MORTGAGE', 'PLEDGE', 'IP_PLEDGE'] as const;
export type Security = (typeof securities)[number];

export const repayments = ['INTEREST_FIRST', 'EQUAL_INSTALMENT', 'EQUAL_PRINCIPAL', 'BULLET'] as const;
export type Repayment = (typeof repayments)[number];

/** Why one bank may look at a need before the others: it was named, it is the main bank, or it is its product. */
export const firstLooks = ['DIRECTED', 'HOUSE_BANK', 'PRODUCT'] as const;
export type FirstLook = (typeof firstLooks)[number];

export const withdrawalReasons = [
  'NOT_STATED',
  'FUNDED_ELSEWHERE',
  'NO_LONGER_NEEDED',
  'TERMS_DO_NOT_FIT',
  'ENTERED_WRONGLY',
  'OTHER',
] as const;
export type WithdrawalReason = (typeof withdrawalReasons)[number];

/** From 1 万元 to 100 亿元: outside it is a slip of the unit and not a need of a technology enterprise. */
export const amountMinFen: Fen = yuan(10_000);
export const amountMaxFen: Fen = yuan(10_000_000_000);
/** Thirty years: no loan of the platform runs longer. */
export const termMonthsMax = 360;
/** 36% a year: above it no court enforces interest. */
export const rateBpMax = 3_600;

/** Which state follows which. What is not listed does not happen. */
export const needMoves: Record<NeedStatus, readonly NeedStatus[]> = {
  DRAFT: ['SUBMITTED', 'WITHDRAWN'],
  SUBMITTED: ['PUBLISHED'],
  PUBLISHED: ['FULL', 'EXPIRED', 'WITHDRAWN', 'MATCHED'],
  FULL: ['PUBLISHED', 'EXPIRED', 'WITHDRAWN', 'MATCHED'],
  // Closed to new banks, while cases that run may still come to an end.
  EXPIRED: ['MATCHED', 'WITHDRAWN', 'CLOSED_UNFUNDED'],
  MATCHED: ['FUNDED', 'CLOSED_UNFUNDED'],
  WITHDRAWN: [],
  FUNDED: [],
  CLOSED_UNFUNDED: [],
};

export const isOnBoard = (status: NeedStatus): boolean => status === 'PUBLISHED' || status === 'FULL';

/** Whether anything can still happen to it. */
export const isOver = (status: NeedStatus): boolean => needMoves[status].length === 0;

/** The states of a grab that hold a place of the need. */
export const openGrabStatuses: readonly GrabStatus[] = ['ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED', 'ACCEPTED'];
export const isOpenGrab = (status: GrabStatus): boolean => openGrabStatuses.includes(status);

/** Where the limits of a need come from, as far as they go by the need. */
export const scopeOfNeed = ({ productId, district }: { productId: string | null; district: string | null }): Scope => ({
  ...everywhere,
  product: productId,
  district,
});

export interface NeedFacts {
  status: NeedStatus;
  closesAt: Date | null;
}

/**
 * The state that a need must be in, given its grabs: full or not, expired, or closed when nobody is left who could
 * still lend. The need's own state when nothing is to change. `places` is null when they are not limited.
 */
export function needStatusAfter(
  { status, closesAt }: NeedFacts,
  grabs: readonly GrabStatus[],
  places: number | null,
  now: Date,
): NeedStatus {
  const open = grabs.filter(isOpenGrab).length;
  if (isOnBoard(status)) {
    if (closesAt !== null && closesAt < now) return 'EXPIRED';
    return places !== null && open >= places ? 'FULL' : 'PUBLISHED';
  }
  return statusOffBoard(status, grabs, open);
}

function statusOffBoard(status: NeedStatus, grabs: readonly GrabStatus[], open: number): NeedStatus {
  const paid = grabs.includes('DISBURSED');
  // A need that several may serve can run out of time with a part of it accepted, or even paid.
  if (status === 'EXPIRED' && (paid || grabs.includes('ACCEPTED'))) return 'MATCHED';
  if (status === 'EXPIRED' && open === 0 && grabs.length > 0) return 'CLOSED_UNFUNDED';
  if (status === 'MATCHED' && paid) return 'FUNDED';
  if (status === 'MATCHED' && open === 0) return 'CLOSED_UNFUNDED';
  return status;
}

/** When the enterprise may publish again after too many withdrawals; undefined when it may now. */
export function publishableFrom(
  withdrawals: readonly Date[],
  policy: { freeWithdrawals: number; withdrawalWindowDays: number; withdrawalPenaltyDays: number },
  now: Date,
): Date | undefined {
  const dayMillis = 86_400_000;
  const since = now.getTime() - policy.withdrawalWindowDays * dayMillis;
  const counted = withdrawals.map((at) => at.getTime()).filter((at) => at > since && at <= now.getTime());
  if (counted.length <= policy.freeWithdrawals) return undefined;
  const until = new Date(Math.max(...counted) + policy.withdrawalPenaltyDays * dayMillis);
  return until > now ? until : undefined;
}
