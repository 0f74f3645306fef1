import { disbursementReported } from '@app/contracts';
import { day, dayOf, type Fen, fen, type InputFault, InvalidInput, must, uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { CaseService } from '../case/case.service.js';
import { isLateReport } from '../grab/case.rules.js';
import { LimitService } from '../limit/limit.service.js';
import { disbursementData } from '../need/need.event.js';
import { Disbursement } from './disbursement.entity.js';
import type { Offer } from './offer.entity.js';
import { NothingAccepted } from './offer.error.js';
import { type ReportedDisbursementResponse, toDisbursementResponse } from './offer.response.js';
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
    const leftFen = offer.amountFen - earlier.reduce((sum, one) => sum + one.amountFen, 0n);
    const { payoutFeedbackWorkdays } = await this.limits.policyAt(tx, now);
    const paid = paidOf(command, offer, request, { leftFen: leftFen as Fen, payoutFeedbackWorkdays });
    await tx.insert(Disbursement, paid);
    const detail = { amountFen: String(paid.amountFen), drawnOn: paid.drawnOn, late: paid.late };
    file.note('disbursement', paid.id, { act: 'REPORTED', detail });
    if (grab.status === 'ACCEPTED') {
      grab.endedAt = now;
      file.moveGrab(grab, 'DISBURSED', { detail });
    }
    if (file.need.status === 'MATCHED') file.moveNeed('FUNDED');
    file.tell(disbursementReported, disbursementData(file.need, grab, offer, paid));
    await this.cases.close(command, opened);
    const left = String(leftFen - paid.amountFen);
    return Object.assign(toDisbursementResponse(paid), { status: grab.status, leftFen: left });
  }
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
  };
}
