import { type EventDefinition, type GrabStatus, type NeedStatus, type OfferStatus } from '@app/contracts';
import { grabChanged, needChanged, offerChanged } from '@app/contracts';
import { must } from '@app/kernel';

import type { Act } from '../audit/audit.service.js';
import { type Deadline, deadlineOf, grabMoves } from '../grab/case.rules.js';
import type { Grab } from '../grab/grab.entity.js';
import { WrongState } from '../grab/grab.error.js';
import { type Policy, placesOf } from '../limit/limit.rules.js';
import type { Offer } from '../offer/offer.entity.js';
import { offerMoves } from '../offer/offer.rules.js';
import { closingReasonOf } from '../outcome/outcome.rules.js';
import type { Need } from './need.entity.js';
import { grabChangedData, needChangedData, offerChangedData } from './need.event.js';
import { isOnBoard, isOpenGrab, isOver, needMoves, needStatusAfter } from './need.rules.js';

/** What a move says besides the new state. */
interface Said {
  act?: string;
  reason?: string;
  detail?: object;
}

/** A fact for the outbox. */
interface Told {
  event: EventDefinition<never>;
  data: object;
}

/**
 * A need with its cases and offers under the need's lock. Every change of a state goes through here, so that each one
 * is allowed by the tables of the rules, leaves an act in the trail and an event in the outbox.
 */
export class NeedFile {
  readonly acts: Act[] = [];
  readonly told: Told[] = [];
  /** Offers made now, still to be inserted. */
  readonly newOffers: Offer[] = [];

  constructor(
    readonly need: Need,
    readonly grabs: Grab[],
    readonly offers: Offer[],
  ) {}

  grab(id: string): Grab {
    return must(
      this.grabs.find((grab) => grab.id === id),
      'a case belongs to its need',
    );
  }

  offer(id: string): Offer {
    return must(
      this.offers.find((offer) => offer.id === id),
      'an offer belongs to its need',
    );
  }

  /** The one open or accepted offer of a case. */
  standingOffer(grab: Grab): Offer | undefined {
    return this.offers.find(({ grabId, status }) => grabId === grab.id && (status === 'OPEN' || status === 'ACCEPTED'));
  }

  deadline(grab: Grab): Deadline | null {
    return deadlineOf(grab, this.standingOffer(grab)?.validTo ?? null);
  }

  moveNeed(to: NeedStatus, said: Said = {}): void {
    const { need } = this;
    const from = need.status;
    if (!needMoves[from].includes(to)) throw new WrongState('need', from, to);
    need.status = to;
    this.note('need', need.id, { from, to, ...said });
    this.tell(needChanged, needChangedData(need, { from, to, ...said }));
  }

  moveGrab(grab: Grab, to: GrabStatus, said: Said = {}): void {
    const from = grab.status;
    if (!grabMoves[from].includes(to)) throw new WrongState('case', from, to);
    grab.status = to;
    this.note('grab', grab.id, { from, to, ...said });
    this.tell(grabChanged, grabChangedData(this.need, grab, { from, to, ...said }));
  }

  /** Ends a case; what it offered falls with it. */
  endGrab(grab: Grab, to: GrabStatus, at: Date, said: Said & { reason: string; text?: string | null }): void {
    // Looked at before anything moves: a refused end leaves the offer as it was.
    if (!grabMoves[grab.status].includes(to)) throw new WrongState('case', grab.status, to);
    const offer = this.standingOffer(grab);
    if (offer) this.moveOffer(offer, offerAfter[to] ?? 'WITHDRAWN');
    grab.endedAt = at;
    grab.endedReason = said.reason;
    grab.endedText = said.text ?? null;
    this.moveGrab(grab, to, { ...said, detail: { reason: said.reason, text: said.text ?? null } });
  }

  moveOffer(offer: Offer, to: OfferStatus): void {
    const from = offer.status;
    if (!offerMoves[from].includes(to)) throw new WrongState('offer', from, to);
    offer.status = to;
    this.note('offer', offer.id, { from, to });
    this.tell(offerChanged, offerChangedData(this.need, this.grab(offer.grabId), offer, { from, to }));
  }

  addOffer(offer: Offer): void {
    this.offers.push(offer);
    this.newOffers.push(offer);
    this.note('offer', offer.id, { from: null, to: 'OPEN' });
    this.tell(offerChanged, offerChangedData(this.need, this.grab(offer.grabId), offer, { from: null, to: 'OPEN' }));
  }

  /** Off the board or back on it; the state itself stays. */
  suspend(at: Date | null, reason: string): void {
    const { need } = this;
    need.suspendedAt = at;
    this.note('need', need.id, { act: at ? 'SUSPENDED' : 'RESUMED', from: need.status, to: need.status, reason });
    this.tell(needChanged, needChangedData(need, { from: need.status, to: need.status, reason }));
  }

  /** An act that changes no state. */
  note(subject: Act['subject'], subjectId: string, said: Said & { from?: string | null; to?: string }): void {
    const { act = said.to ?? '', from = null, to = null, reason, detail } = said;
    this.acts.push({
      rootId: this.need.id,
      subject,
      subjectId,
      act,
      from,
      to,
      detail: { ...(reason && { reason }), ...detail },
    });
  }

  tell<D extends object>(event: EventDefinition<D>, data: D): void {
    this.told.push({ event: event as unknown as EventDefinition<never>, data });
  }

  /** Brings the need itself into the state that follows from its cases, and its counters and next deadline with it. */
  settle(policy: Policy, now: Date): void {
    const { need } = this;
    const open = this.grabs.filter(({ status }) => isOpenGrab(status));
    need.taken = open.length;
    need.intendedFen = open.reduce((sum, grab) => sum + grab.intendedFen, 0n) as Need['intendedFen'];
    for (let next = this.statusAfter(policy, now); next !== need.status; next = this.statusAfter(policy, now))
      this.moveNeed(next, next === 'CLOSED_UNFUNDED' ? { reason: this.closingReason() } : {});
    const over = isOver(need.status) || (need.status === 'EXPIRED' && open.length === 0);
    if (over) need.endedAt ??= now;
    need.nextDue = this.nextDue();
  }

  private closingReason(): string {
    this.need.endedReason = closingReasonOf(this.grabs);
    return this.need.endedReason;
  }

  private statusAfter(policy: Policy, now: Date): NeedStatus {
    const statuses = this.grabs.map(({ status }) => status);
    return needStatusAfter(this.need, statuses, placesOf(policy), now);
  }

  private nextDue(): Date | null {
    const deadlines = this.grabs.map((grab) => this.deadline(grab)?.at);
    if (isOnBoard(this.need.status)) deadlines.push(this.need.closesAt ?? undefined);
    const known = deadlines.filter((at) => at !== undefined).map((at) => at.getTime());
    return known.length > 0 ? new Date(Math.min(...known)) : null;
  }
}

/** What becomes of an offer when its case ends. */
const offerAfter: Partial<Record<GrabStatus, OfferStatus>> = {
  LOST: 'LOST',
  CANCELLED: 'LOST',
  LAPSED: 'EXPIRED',
};
