import {
  addDays,
  chineseCalendar,
  day,
  dayOf,
  type Fen,
  fen,
  type InputFault,
  InvalidInput,
  must,
  uuidv7,
} from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { CaseService, type OpenedCase } from '../case/case.service.js';
import type { Grab } from '../grab/grab.entity.js';
import { ContactFirst, WrongState } from '../grab/grab.error.js';
import { LimitService } from '../limit/limit.service.js';
import { rateBpMax } from '../need/need.rules.js';
import { feeOf, type StoredFee, totalFeesOf } from './fee.rules.js';
import { LprService } from './lpr.service.js';
import type { MakeOfferRequest } from './make-offer.request.js';
import { figuresOf } from './offer-figures.rules.js';
import { Offer } from './offer.entity.js';
import { NoLpr, OfferNotFound, OfferNotOpen, RateOutOfBounds } from './offer.error.js';
import { type OfferResponse, toOfferResponse } from './offer.response.js';
import { annualCostBp, validDaysMax } from './offer.rules.js';
import type { WithdrawOfferRequest } from './withdraw-offer.request.js';

/** Offers as banks make, revise and take them back. */
@Injectable()
export class OfferService {
  constructor(
    private readonly cases: CaseService,
    private readonly lpr: LprService,
    private readonly limits: LimitService,
  ) {}

  /** A new offer replaces the one before; a case has one that stands. */
  async make(command: Command, grabId: string, request: MakeOfferRequest): Promise<OfferResponse> {
    const opened = await this.cases.open(command, grabId);
    const { file, grab } = opened;
    if (grab.status === 'ACTIVE') throw new ContactFirst();
    if (grab.status !== 'OFFERED' && !['CONTACTED', 'IN_REVIEW'].includes(grab.status))
      throw new WrongState('case', grab.status, 'OFFERED');
    this.cases.refuseLate(command, opened);
    const offer = offerOf(command, opened, request, await this.rateOf(command, request));
    const replaced = file.standingOffer(grab);
    if (replaced) file.moveOffer(replaced, 'SUPERSEDED');
    // An offer is the result of a review, also where nobody recorded a second call.
    if (grab.status === 'CONTACTED') file.moveGrab(grab, 'IN_REVIEW');
    if (grab.status === 'IN_REVIEW') file.moveGrab(grab, 'OFFERED');
    file.addOffer(offer);
    await this.cases.close(command, opened);
    return toOfferResponse(file.need, offer);
  }

  /** Until it is accepted. The case waits for another offer, the first time with some days left for it, or for a decline. */
  async withdraw(command: Command, offerId: string, { reason }: WithdrawOfferRequest): Promise<OfferResponse> {
    const { tx, now } = command;
    const found = await tx.findOne(Offer, { where: { id: offerId }, select: { needId: true, id: true, grabId: true } });
    if (!found) throw new OfferNotFound();
    const opened = await this.cases.open(command, found.grabId);
    const { file, grab } = opened;
    const offer = file.offer(offerId);
    if (offer.status !== 'OPEN') throw new OfferNotOpen(offer.status, 'taken back');
    // Once: whoever offers and takes back in turns would hold the place for ever.
    const isFirst = !file.offers.some(({ grabId, status }) => grabId === grab.id && status === 'WITHDRAWN');
    offer.withdrawnReason = reason;
    file.note('offer', offerId, { act: 'TAKEN_BACK', reason });
    file.moveOffer(offer, 'WITHDRAWN');
    if (isFirst) await this.giveTime(tx, grab, now);
    await this.cases.close(command, opened);
    return toOfferResponse(file.need, offer);
  }

  /** Some days for another offer, where the clock of the decision leaves fewer. */
  private async giveTime(tx: EntityManager, grab: Grab, now: Date): Promise<void> {
    const { reofferWorkdays } = await this.limits.policyAt(tx, now);
    const atLeast = chineseCalendar.deadline(dayOf(now), reofferWorkdays);
    if (grab.decideBy < atLeast) grab.decideBy = atLeast;
  }

  /** One figure, or points from the LPR of today. */
  private async rateOf({ tx, now }: Command, { annualRateBp, lpr }: MakeOfferRequest): Promise<Rate> {
    if ((annualRateBp === undefined) === (lpr === undefined))
      throw new InvalidInput([{ pointer: '/annualRateBp', detail: 'say either a rate or points from the LPR' }]);
    if (!lpr) return { ...noLpr, annualRateBp: must(annualRateBp, 'a rate was given'), rateBasis: 'FIXED' };
    const { tenor, spreadBp } = lpr;
    const quote = await this.lpr.on(tx, tenor, dayOf(now));
    if (!quote) throw new NoLpr(tenor);
    const sum = quote.rateBp + spreadBp;
    if (sum < 0 || sum > rateBpMax) throw new RateOutOfBounds(sum);
    return {
      annualRateBp: sum,
      rateBasis: 'LPR',
      lprTenor: tenor,
      lprSpreadBp: spreadBp,
      lprBp: quote.rateBp,
      lprPublishedOn: quote.publishedOn,
    };
  }
}

type Rate = Pick<Offer, 'annualRateBp' | 'rateBasis' | 'lprTenor' | 'lprSpreadBp' | 'lprBp' | 'lprPublishedOn'>;
const noLpr = { lprTenor: null, lprSpreadBp: null, lprBp: null, lprPublishedOn: null };

/** Fees in full, whichever way the bank states them. */
function feesOf({ fees, feesFen }: MakeOfferRequest): StoredFee[] {
  if (fees) return fees.map(({ kind, timing, amountFen }) => ({ kind, timing, amountFen }));
  return feesFen !== undefined && feesFen !== '0' ? [{ kind: 'OTHER', timing: 'UPFRONT', amountFen: feesFen }] : [];
}

function faultsOf({ now }: Command, { file }: OpenedCase, request: MakeOfferRequest, feesFen: Fen): InputFault[] {
  const today = dayOf(now);
  const amountFen = fen(request.amountFen);
  const validTo = day(request.validTo);
  return [
    amountFen > file.need.amountFen && { pointer: '/amountFen', detail: 'is more than the enterprise needs' },
    request.fees && request.feesFen !== undefined && { pointer: '/fees', detail: 'say fees either way, not both' },
    feesFen >= amountFen && { pointer: request.fees ? '/fees' : '/feesFen', detail: 'leave nothing of the loan' },
    (validTo < today || validTo > addDays(today, validDaysMax)) && {
      pointer: '/validTo',
      detail: `must lie between today and ${validDaysMax} days from now`,
    },
  ].filter((fault): fault is InputFault => typeof fault === 'object');
}

function offerOf(command: Command, opened: OpenedCase, request: MakeOfferRequest, rate: Rate): Offer {
  const { viewer, now } = command;
  const { file, grab } = opened;
  const { need } = file;
  const { termMonths, repayment, security } = request;
  const fees = feesOf(request);
  const feesFen = totalFeesOf(fees.map(feeOf), termMonths);
  const faults = faultsOf(command, opened, request, feesFen);
  if (faults.length > 0) throw new InvalidInput(faults);
  const terms = { amountFen: fen(request.amountFen), annualRateBp: rate.annualRateBp, termMonths, repayment };
  return {
    needId: need.id,
    id: uuidv7(now),
    grabId: grab.id,
    version: file.offers.filter(({ grabId }) => grabId === grab.id).length + 1,
    ...terms,
    ...rate,
    security,
    feesFen,
    fees,
    conditions: request.conditions?.trim() ?? null,
    annualCostBp: annualCostBp({ ...terms, feesFen }),
    irrBp: figuresOf({ ...terms, fees, madeAt: now }).irrBp,
    aboveRateMax: need.annualRateBpMax !== null && rate.annualRateBp > need.annualRateBpMax,
    validTo: day(request.validTo),
    status: 'OPEN',
    madeBy: viewer.personId,
    madeAt: now,
    acceptedAt: null,
    acceptedBy: null,
    withdrawnReason: null,
  };
}
