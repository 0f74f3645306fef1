import type { Viewer } from '@app/auth';
import { addDays, type Day, day, dayOf, type Fen, fen, InvalidInput, uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf } from '../audit/audit.service.js';
import { CaseService, type OpenedCase } from '../case/case.service.js';
import { naturalDeadline } from '../grab/case.rules.js';
import { Grab } from '../grab/grab.entity.js';
import { ContactFirst, WrongState } from '../grab/grab.error.js';
import { LimitService } from '../limit/limit.service.js';
import type { NeedFile } from '../need/need-file.service.js';
import { NeedStore } from '../need/need-store.service.js';
import { Need } from '../need/need.entity.js';
import { isOpenGrab, needMoves } from '../need/need.rules.js';
import { ownNeed } from '../need/need.service.js';
import type { MakeOfferRequest } from './make-offer.request.js';
import { Offer } from './offer.entity.js';
import { AcceptedTooMuch, OfferExpired, OfferNotFound, OfferNotOpen } from './offer.error.js';
import {
  type ComparedOffersResponse,
  type OfferResponse,
  toComparedOfferResponse,
  toOfferResponse,
} from './offer.response.js';
import { acceptanceFault, annualCostBp, validDaysMax } from './offer.rules.js';

/** Offers: made by banks under their cases, compared and accepted by the enterprise. */
@Injectable()
export class OfferService {
  constructor(
    private readonly cases: CaseService,
    private readonly store: NeedStore,
    private readonly limits: LimitService,
  ) {}

  /** A new offer replaces the one before; a case has one that stands. */
  async make(command: Command, grabId: string, request: MakeOfferRequest): Promise<OfferResponse> {
    const opened = await this.cases.open(command, grabId);
    const { file, grab } = opened;
    if (grab.status === 'ACTIVE') throw new ContactFirst();
    if (grab.status !== 'OFFERED' && !['CONTACTED', 'IN_REVIEW'].includes(grab.status))
      throw new WrongState('case', grab.status, 'OFFERED');
    const offer = offerOf(command, opened, request);
    const replaced = file.standingOffer(grab);
    if (replaced) file.moveOffer(replaced, 'SUPERSEDED');
    // An offer is the result of a review, also where nobody recorded a second call.
    if (grab.status === 'CONTACTED') file.moveGrab(grab, 'IN_REVIEW');
    if (grab.status === 'IN_REVIEW') file.moveGrab(grab, 'OFFERED');
    file.addOffer(offer);
    await this.cases.close(command, opened);
    return toOfferResponse(file.need, offer);
  }

  /** The offers of an own need side by side: those that stand first, then by their total annual cost. */
  async compare(db: EntityManager, viewer: Viewer, needId: string): Promise<ComparedOffersResponse> {
    const need = await ownNeed(db, viewer, needId);
    const offers = await db.findBy(Offer, { needId });
    const grabs = await db.findBy(Grab, { needId });
    const stands = ({ status }: Offer): number => (status === 'OPEN' || status === 'ACCEPTED' ? 0 : 1);
    const sorted = offers.toSorted((a, b) => stands(a) - stands(b) || a.annualCostBp - b.annualCostBp);
    const grabOf = new Map(grabs.map((grab) => [grab.id, grab]));
    return {
      items: sorted.map((offer) => toComparedOfferResponse(need, grabOf.get(offer.grabId)!, offer)),
      nextCursor: null,
    };
  }

  /** Accepting one offer ends the other cases, unless several banks may lend a part each. */
  async accept(command: Command, offerId: string): Promise<OfferResponse> {
    const { tx, viewer, now } = command;
    const file = await this.openOwn(command, offerId);
    const offer = file.offer(offerId);
    const grab = file.grab(offer.grabId);
    refuseUnacceptable(file, offer, dayOf(now));
    const policy = await this.limits.policyAt(tx, now);
    Object.assign(offer, { acceptedAt: now, acceptedBy: viewer.personId });
    grab.drawBy = naturalDeadline(now, policy.drawdownDays);
    file.moveOffer(offer, 'ACCEPTED');
    file.moveGrab(grab, 'ACCEPTED');
    if (needMoves[file.need.status].includes('MATCHED')) file.moveNeed('MATCHED');
    if (!file.need.severalLenders)
      for (const other of file.grabs.filter(({ id, status }) => id !== grab.id && isOpenGrab(status)))
        file.endGrab(other, 'LOST', now, { reason: 'OTHER_OFFER_ACCEPTED' });
    await this.store.save(tx, file, actorOf(viewer), now);
    return toOfferResponse(file.need, offer);
  }

  /** @throws OfferNotFound also for an offer to another enterprise */
  private async openOwn({ tx, viewer }: Command, offerId: string): Promise<NeedFile> {
    const offer = await tx.findOne(Offer, { where: { id: offerId }, select: { needId: true, id: true } });
    const own = offer && (await tx.existsBy(Need, { id: offer.needId, organisationId: viewer.organisation.id }));
    if (!own) throw new OfferNotFound();
    return this.store.open(tx, offer.needId);
  }
}

function refuseUnacceptable({ need, offers }: NeedFile, offer: Offer, today: Day): void {
  const accepted = offers.filter(({ status }) => status === 'ACCEPTED');
  const acceptedFen = accepted.reduce((sum, { amountFen }) => sum + amountFen, 0n) as Fen;
  switch (acceptanceFault(offer, { amountFen: need.amountFen, acceptedFen }, today)) {
    case 'NOT_OPEN':
      throw new OfferNotOpen(offer.status);
    case 'EXPIRED':
      throw new OfferExpired(offer.validTo);
    case 'TOO_MUCH':
      throw new AcceptedTooMuch();
    default:
  }
}

function offerOf({ viewer, now }: Command, { file, grab }: OpenedCase, request: MakeOfferRequest): Offer {
  const { need } = file;
  const { annualRateBp, termMonths, repayment, security } = request;
  const amountFen = fen(request.amountFen);
  const feesFen = fen(request.feesFen ?? 0);
  const validTo = day(request.validTo);
  const today = dayOf(now);
  const faults = [
    amountFen > need.amountFen && { pointer: '/amountFen', detail: 'is more than the enterprise needs' },
    feesFen >= amountFen && { pointer: '/feesFen', detail: 'leave nothing of the loan' },
    (validTo < today || validTo > addDays(today, validDaysMax)) && {
      pointer: '/validTo',
      detail: `must lie between today and ${validDaysMax} days from now`,
    },
  ].filter((fault) => fault !== false);
  if (faults.length > 0) throw new InvalidInput(faults);
  return {
    needId: need.id,
    id: uuidv7(now),
    grabId: grab.id,
    amountFen,
    annualRateBp,
    termMonths,
    repayment,
    security,
    feesFen,
    annualCostBp: annualCostBp({ amountFen, annualRateBp, termMonths, repayment, feesFen }),
    aboveRateMax: need.annualRateBpMax !== null && annualRateBp > need.annualRateBpMax,
    validTo,
    status: 'OPEN',
    madeBy: viewer.personId,
    madeAt: now,
    acceptedAt: null,
    acceptedBy: null,
  };
}
