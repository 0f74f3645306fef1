import type { Viewer } from '@app/auth';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { CaseAccess } from '../case/case-access.service.js';
import { Grab } from '../grab/grab.entity.js';
import { ownNeed } from '../need/need.service.js';
import { acceptedFenOf } from './acceptance.service.js';
import { cheapestOf, differencesOf, inOfferOrder, type OfferOrder } from './comparison.rules.js';
import { assumedDrawOf, figuresOf, plannedPayments, receivedFenOf } from './offer-figures.rules.js';
import { Offer } from './offer.entity.js';
import { OfferNotFound } from './offer.error.js';
import {
  type ComparedOffersResponse,
  type ScheduleResponse,
  toComparedOfferResponse,
  toPlannedPaymentResponse,
} from './offer.response.js';

/** Offers side by side, and the plan of each. */
@Injectable()
export class ComparisonService {
  constructor(private readonly access: CaseAccess) {}

  /** The offers of an own need: those that stand first, then as wished. */
  async compare(db: EntityManager, viewer: Viewer, needId: string, sort: OfferOrder): Promise<ComparedOffersResponse> {
    const need = await ownNeed(db, viewer, needId);
    const offers = await db.findBy(Offer, { needId });
    const grabs = await db.findBy(Grab, { needId });
    const grabOf = new Map(grabs.map((grab) => [grab.id, grab]));
    const offerOf = new Map(offers.map((offer) => [offer.id, offer]));
    const figures = new Map(offers.map((offer) => [offer.id, figuresOf(offer)]));
    const compared = offers.map((offer) => Object.assign({}, offer, figures.get(offer.id)!));
    const cheapest = cheapestOf(compared);
    const acceptedFen = acceptedFenOf(offers);
    return {
      items: inOfferOrder(compared, sort).map(({ id, grabId }) =>
        toComparedOfferResponse(need, grabOf.get(grabId)!, offerOf.get(id)!, {
          figures: figures.get(id)!,
          cheapest: cheapest.has(id),
        }),
      ),
      nextCursor: null,
      sort,
      differences: differencesOf(compared),
      needFen: String(need.amountFen),
      acceptedFen: String(acceptedFen),
      leftFen: String(need.amountFen - acceptedFen),
    };
  }

  /** The plan of an offer month by month, for its enterprise, its bank, or an operator. @throws OfferNotFound */
  async schedule(db: EntityManager, viewer: Viewer, offerId: string): Promise<ScheduleResponse> {
    const offer = await db.findOneBy(Offer, { id: offerId });
    const seen = offer && (await this.access.look(db, viewer, offer.grabId));
    if (!seen) throw new OfferNotFound();
    return {
      offerId,
      assumedDrawOn: assumedDrawOf(offer),
      receivedFen: String(receivedFenOf(offer)),
      irrBp: figuresOf(offer).irrBp,
      items: plannedPayments(offer).map(toPlannedPaymentResponse),
    };
  }
}
