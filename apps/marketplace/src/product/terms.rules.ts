import type { ProductFamily } from '@app/contracts';
import type { InputFault } from '@app/kernel';

import type { AdmissionRule } from '../admission/admission.rules.js';
import type { Repayment, Security } from '../need/need.rules.js';

export const feeKinds = ['GUARANTEE', 'ASSESSMENT', 'INSURANCE', 'HANDLING', 'OTHER'] as const;
export type FeeKind = (typeof feeKinds)[number];

/** A fee beside the interest: a share of the amount in basis points, or an amount. */
export interface Fee {
  kind: FeeKind;
  ofAmountBp: number | null;
  amountFen: string | null;
}

/** The public programme that a product was subscribed to, as it was then: what was signed up to does not change. */
export interface ProgrammeTerms {
  id: string;
  code: string;
  name: string;
  version: number;
  admission: AdmissionRule | null;
}

/** Everything that a version of a product says. Amounts are whole fen as text, as JSON keeps them. */
export interface ProductTerms {
  name: string;
  description: string;
  family: ProductFamily;
  amountMinFen: string;
  amountMaxFen: string;
  termMonthsMin: number;
  termMonthsMax: number;
  annualRateBpMin: number;
  annualRateBpMax: number;
  security: readonly Security[];
  repayment: readonly Repayment[];
  fees: readonly Fee[];
  admission: AdmissionRule | null;
  programme: ProgrammeTerms | null;
}

/** The ranges that a programme leaves to its subscribers. */
export interface Frame {
  amountMinFen: string;
  amountMaxFen: string;
  termMonthsMin: number;
  termMonthsMax: number;
  annualRateBpMin: number;
  annualRateBpMax: number;
  security: readonly Security[];
}

const ranges = [
  ['amountMinFen', 'amountMaxFen'],
  ['termMonthsMin', 'termMonthsMax'],
  ['annualRateBpMin', 'annualRateBpMax'],
] as const;

/** Ranges that are turned round. */
export function turnedRanges(frame: Frame): InputFault[] {
  return ranges
    .filter(([low, high]) => BigInt(frame[low]) > BigInt(frame[high]))
    .map(([, high]) => ({ pointer: `/${high}`, detail: 'the greatest lies below the least' }));
}

/** What in a subscriber's terms leaves the programme's frame. */
export function outsideFrame(terms: Frame, frame: Frame): InputFault[] {
  const faults: InputFault[] = [];
  for (const [low, high] of ranges) {
    if (BigInt(terms[low]) < BigInt(frame[low]))
      faults.push({ pointer: `/${low}`, detail: `the programme begins at ${frame[low]}` });
    if (BigInt(terms[high]) > BigInt(frame[high]))
      faults.push({ pointer: `/${high}`, detail: `the programme ends at ${frame[high]}` });
  }
  if (!terms.security.every((one) => frame.security.includes(one)))
    faults.push({ pointer: '/security', detail: `the programme accepts ${frame.security.join(', ')}` });
  return faults;
}

/** A fee is either a share or an amount. */
export function feeFaults(fees: readonly { ofAmountBp?: number | null; amountFen?: string | null }[]): InputFault[] {
  return fees.flatMap(({ ofAmountBp, amountFen }, index) =>
    ((ofAmountBp ?? null) === null) === ((amountFen ?? null) === null)
      ? [{ pointer: `/fees/${index}`, detail: 'has either ofAmountBp or amountFen' }]
      : [],
  );
}
