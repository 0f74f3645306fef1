import { disbursementReported } from '@app/contracts';
import { day, dayOf, type Fen, fen, type InputFault, InvalidInput, must, uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { CaseService, type OpenedCase } from '../case/case.service.js';
import { isLateReport } from '../grab/case.rules.js';
import { LimitService } from '../limit/limit.service.js';
import { disbursementData } from '../need/need.event.js';
import { Disbursement } from './disbursement.entity.js';
import { type ReportedDisbursementResponse, toDisbursementResponse } from './disbursement.response.js';
import type { Offer } from './offer.entity.js';
import { AlreadyCorrected, DisbursementNotFound, NothingAccepted } from './offer.error.js';
import type { ReportDisbursementRequest } from './report-disbursement.request.js';

/** Money that banks report as paid out: the fact that everything else is about. */
@Injectable()
export class DisbursementService {
  constructor(
    private readonly cases: CaseService,
    private readonly limits: LimitService,
  ) {}

  /** The first payment funds the need; further ones may follow up to the accepted amount. */
  async report(
    command: Command,
    id: string,
    request: ReportDisbursementRequest,
  ): Promise<ReportedDisbursementResponse> {
    const { tx, now } = command;
    const opened = await this.cases.open(command, id);
    const { file, grab } = opened;
    const offer = file.standingOffer(grab);
    if (offer?.status !== 'ACCEPTED') throw new NothingAccepted();
    const earlier = await tx.findBy(Disbursement, { needId: file.need.id, grabId: id });
    const reversal = reversalOf(command, earlier, request);
    const written = reversal ? [...earlier, reversal] : earlier;
    const leftFen = offer.amountFen - written.reduce((sum, one) => sum + one.amountFen, 0n);
    const { payoutFeedbackWorkdays } = await this.limits.policyAt(tx, now);
    const paid = paidOf(command, offer, request, { leftFen: leftFen as Fen, payoutFeedbackWorkdays });
    // A correction is as late as the report that it corrects.
    if (reversal) paid.late = reversal.late;
    for (const entry of reversal ? [reversal, paid] : [paid]) await this.write(command, opened, offer, entry);
    if (grab.status === 'ACCEPTED') {
      grab.endedAt = now;
      file.moveGrab(grab, 'DISBURSED', { detail: { amountFen: String(paid.amountFen), drawnOn: paid.drawnOn } });
    }
    if (file.need.status === 'MATCHED') file.moveNeed('FUNDED');
    await this.cases.close(command, opened);
    const left = String(leftFen - paid.amountFen);
    return Object.assign(toDisbursementResponse(paid), { status: grab.status, leftFen: left });
  }

  private async write({ tx }: Command, { file, grab }: OpenedCase, offer: Offer, entry: Disbursement): Promise<void> {
    await tx.insert(Disbursement, entry);
    const { amountFen, drawnOn, late, correctsId, correctionReason } = entry;
    const correction = correctsId && { correctsId, correctionReason };
    const detail = { amountFen: String(amountFen), drawnOn, late, ...correction };
    file.note('disbursement', entry.id, { act: amountFen < 0n ? 'TAKEN_BACK' : 'REPORTED', detail });
    file.tell(disbursementReported, disbursementData(file.need, grab, offer, entry));
  }
}

/** An entry below zero that takes a wrong report back, on its own day: sums by day come right. */
function reversalOf(
  { viewer, now }: Command,
  earlier: readonly Disbursement[],
  { corrects, reason }: ReportDisbursementRequest,
): Disbursement | undefined {
  if (corrects === undefined) return undefined;
  const wrong = earlier.find(({ id, amountFen }) => id === corrects.toLowerCase() && amountFen > 0n);
  if (!wrong) throw new DisbursementNotFound();
  if (earlier.some(({ correctsId, amountFen }) => correctsId === wrong.id && amountFen < 0n))
    throw new AlreadyCorrected();
  return Object.assign({}, wrong, {
    id: uuidv7(now),
    amountFen: (0n - wrong.amountFen) as Fen,
    correctsId: wrong.id,
    correctionReason: must(reason, 'a correction says why').trim(),
    reportedBy: viewer.personId,
    reportedAt: now,
  });
}

interface Bounds {
  leftFen: Fen;
  payoutFeedbackWorkdays: number;
}

function paidOf(
  { viewer, now }: Command,
  offer: Offer,
  request: ReportDisbursementRequest,
  { leftFen, payoutFeedbackWorkdays }: Bounds,
): Disbursement {
  const amountFen = fen(request.amountFen);
  const drawnOn = day(request.drawnOn);
  const acceptedOn = dayOf(must(offer.acceptedAt, 'an accepted offer was accepted some time'));
  const faults: InputFault[] = [];
  if (amountFen > leftFen)
    faults.push({ pointer: '/amountFen', detail: `is more than the ${leftFen} fen left of the accepted offer` });
  if (drawnOn > dayOf(now)) faults.push({ pointer: '/drawnOn', detail: 'lies in the future' });
  if (drawnOn < acceptedOn) faults.push({ pointer: '/drawnOn', detail: 'lies before the day of the acceptance' });
  if (request.reason !== undefined && request.corrects === undefined)
    faults.push({ pointer: '/corrects', detail: 'a reason belongs to a correction: say which report was wrong' });
  if (faults.length > 0) throw new InvalidInput(faults);
  return {
    needId: offer.needId,
    id: uuidv7(now),
    grabId: offer.grabId,
    offerId: offer.id,
    amountFen,
    drawnOn,
    late: isLateReport(drawnOn, dayOf(now), payoutFeedbackWorkdays),
    reportedBy: viewer.personId,
    reportedAt: now,
    correctsId: request.corrects?.toLowerCase() ?? null,
    correctionReason: request.reason?.trim() ?? null,
  };
}
