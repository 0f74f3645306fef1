import { type Day, dayOf, type Fen } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { actorOf } from '../audit/audit.service.js';
import { naturalDeadline } from '../grab/case.rules.js';
import { LimitService } from '../limit/limit.service.js';
import type { NeedFile } from '../need/need-file.service.js';
import { NeedStore } from '../need/need-store.service.js';
import { Need } from '../need/need.entity.js';
import { type NeedResponse, toNeedResponse } from '../need/need.response.js';
import { isOnBoard, isOpenGrab, needMoves, scopeOfNeed } from '../need/need.rules.js';
import { ownNeed } from '../need/need.service.js';
import { Offer } from './offer.entity.js';
import { AcceptedTooMuch, NothingToComplete, OfferExpired, OfferNotFound, OfferNotOpen } from './offer.error.js';
import { type OfferResponse, toOfferResponse } from './offer.response.js';
import { acceptanceFault } from './offer.rules.js';

/** The enterprise takes an offer: of one bank, or of several that lend a part each. */
@Injectable()
export class AcceptanceService {
  constructor(
    private readonly store: NeedStore,
    private readonly limits: LimitService,
  ) {}

  async accept(command: Command, offerId: string): Promise<OfferResponse> {
    const { tx, viewer, now } = command;
    const file = await this.openOwn(command, offerId);
    const offer = file.offer(offerId);
    refuseUnacceptable(file, offer, dayOf(now));
    const { drawdownDays } = await this.limits.policyAt(tx, now);
    acceptIn(file, offer, { now, personId: viewer.personId, drawBy: naturalDeadline(now, drawdownDays) });
    await this.store.save(tx, file, actorOf(viewer), now);
    return toOfferResponse(file.need, offer);
  }

  /** The enterprise is content with the part that is accepted: the other cases end, and the need leaves the board. */
  async complete(command: Command, needId: string): Promise<NeedResponse> {
    const { tx, viewer, now } = command;
    await ownNeed(tx, viewer, needId);
    const file = await this.store.open(tx, needId);
    const { need } = file;
    if (acceptedFenOf(file.offers) === 0n || !isOnBoard(need.status)) throw new NothingToComplete();
    file.moveNeed('MATCHED', { reason: 'ENOUGH_ACCEPTED' });
    loseOthers(file, now, 'ENOUGH_ACCEPTED');
    await this.store.save(tx, file, actorOf(viewer), now);
    return toNeedResponse(need, await this.limits.policyAt(tx, now, scopeOfNeed(need)), now);
  }

  /** @throws OfferNotFound also for an offer to another enterprise */
  private async openOwn({ tx, viewer }: Command, offerId: string): Promise<NeedFile> {
    const offer = await tx.findOne(Offer, { where: { id: offerId }, select: { needId: true, id: true } });
    const own = offer && (await tx.existsBy(Need, { id: offer.needId, organisationId: viewer.organisation.id }));
    if (!own) throw new OfferNotFound();
    return this.store.open(tx, offer.needId);
  }
}

/** What offers accepted so far sum to. */
export const acceptedFenOf = (offers: readonly Pick<Offer, 'status' | 'amountFen'>[]): Fen =>
  offers.filter(({ status }) => status === 'ACCEPTED').reduce((sum, { amountFen }) => sum + amountFen, 0n) as Fen;

/** @throws OfferNotOpen, OfferExpired, AcceptedTooMuch */
export function refuseUnacceptable({ need, offers }: NeedFile, offer: Offer, today: Day): void {
  switch (acceptanceFault(offer, { amountFen: need.amountFen, acceptedFen: acceptedFenOf(offers) }, today)) {
    case 'NOT_OPEN':
      throw new OfferNotOpen(offer.status, 'accepted');
    case 'EXPIRED':
      throw new OfferExpired(offer.validTo);
    case 'TOO_MUCH':
      throw new AcceptedTooMuch();
    default:
  }
}

interface Acceptance {
  now: Date;
  personId: string;
  drawBy: Date;
}

/**
 * Accepts an offer within an opened need. The other cases are lost when only one bank may lend, or when nothing is left
 * to lend; until then a need that several may serve stays on the board with what is still open, while its time lasts.
 */
export function acceptIn(file: NeedFile, offer: Offer, { now, personId, drawBy }: Acceptance): void {
  const { need } = file;
  const grab = file.grab(offer.grabId);
  Object.assign(offer, { acceptedAt: now, acceptedBy: personId });
  grab.drawBy = drawBy;
  file.moveOffer(offer, 'ACCEPTED');
  file.moveGrab(grab, 'ACCEPTED');
  const covered = acceptedFenOf(file.offers) >= need.amountFen;
  const closes = !need.severalLenders || covered;
  if (needMoves[need.status].includes('MATCHED') && (closes || !isOnBoard(need.status))) file.moveNeed('MATCHED');
  if (!closes) return;
  loseOthers(file, now, covered && need.severalLenders ? 'NEED_COVERED' : 'OTHER_OFFER_ACCEPTED');
}

/** Ends the cases of banks that will not lend any more. */
function loseOthers(file: NeedFile, now: Date, reason: string): void {
  for (const other of file.grabs.filter(({ status }) => isOpenGrab(status) && status !== 'ACCEPTED'))
    file.endGrab(other, 'LOST', now, { reason });
}
