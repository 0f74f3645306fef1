import type { Disbursement } from './disbursement.entity.js';

export class DisbursementResponse {
  id: string;
  needId: string;
  grabId: string;
  offerId: string;
  /** Whole fen; below zero where it takes a wrong report back. */
  amountFen: string;
  drawnOn: string;
  /** Reported after the deadline. */
  late: boolean;
  reportedAt: string;
  /** The report that this entry takes back (below zero) or replaces. */
  correctsId: string | null;
  correctionReason: string | null;
}

export class ReportedDisbursementResponse extends DisbursementResponse {
  /** State of the case. */
  status: string;
  /** Still to be paid out under the accepted offer: whole fen. */
  leftFen: string;
}

export const toDisbursementResponse = (paid: Disbursement): DisbursementResponse => ({
  id: paid.id,
  needId: paid.needId,
  grabId: paid.grabId,
  offerId: paid.offerId,
  amountFen: String(paid.amountFen),
  drawnOn: paid.drawnOn,
  late: paid.late,
  reportedAt: paid.reportedAt.toISOString(),
  correctsId: paid.correctsId,
  correctionReason: paid.correctionReason,
});
