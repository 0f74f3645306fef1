import type {
  calendarEnding,
  disbursementReported,
  grabChanged,
  GrabStatus,
  limitChanged,
  limitHeld,
  needChanged,
  offerChanged,
} from '@app/contracts';

import type { KindName } from '../kind/kind.rules.js';
import { type Heard, tell, type Told } from './told.rules.js';

const ended = new Set(['FUNDED', 'CLOSED_UNFUNDED', 'WITHDRAWN']);

/** What an enterprise is told of its own need. */
export function ofNeed(event: Heard<typeof needChanged>): Told[] {
  const { uscc, needId, to } = event.data;
  const kind = kindOfNeed(event.data);
  return kind ? [tell(event, kind, needId, { enterprise: uscc }, { needStatus: to })] : [];
}

function kindOfNeed({ from, to, suspended }: Heard<typeof needChanged>['data']): KindName | null {
  // An event within a state says that the need was suspended or resumed.
  if (from === to) return suspended ? 'need.suspended' : 'need.resumed';
  if (to === 'PUBLISHED') return from === 'FULL' ? null : 'need.published';
  if (to === 'FULL') return 'need.full';
  if (to === 'EXPIRED') return 'need.expired';
  return ended.has(to) ? 'need.ended' : null;
}

/** What the enterprise is told when a bank's case moves on. */
const enterpriseKinds: Partial<Record<GrabStatus, KindName>> = {
  ACTIVE: 'need.grabbed',
  CONTACTED: 'grab.contacted',
  DECLINED: 'grab.declined',
  LAPSED: 'grab.left',
  RELEASED: 'grab.left',
};

/** What the bank's own people are told: of what happens to their case, not of what they did themselves. */
const bankKinds: Partial<Record<GrabStatus, KindName>> = {
  ACTIVE: 'case.opened',
  ACCEPTED: 'case.accepted',
  LOST: 'case.lost',
  CANCELLED: 'case.cancelled',
  LAPSED: 'case.lapsed',
};

export function ofGrab(event: Heard<typeof grabChanged>): Told[] {
  const { uscc, grabId, from, to, managerId, institutionId } = event.data;
  const isNews = from !== to;
  const [forEnterprise, forBank] = [isNews && enterpriseKinds[to], isNews && bankKinds[to]];
  const told: Told[] = [];
  if (forEnterprise) told.push(tell(event, forEnterprise, grabId, { enterprise: uscc }, { grabStatus: to }));
  if (forBank) told.push(tell(event, forBank, grabId, { person: managerId, institutionId }));
  if (to === 'LAPSED' && isNews) told.push(tell(event, 'case.lapsed', grabId, { adminsOf: institutionId }));
  return told;
}

const goneOffers = new Set(['EXPIRED', 'WITHDRAWN']);

export function ofOffer(event: Heard<typeof offerChanged>): Told[] {
  const { uscc, offerId, from, to } = event.data;
  if (from === null) return [tell(event, 'offer.made', offerId, { enterprise: uscc })];
  return goneOffers.has(to) && from !== to
    ? [tell(event, 'offer.gone', offerId, { enterprise: uscc }, { offerStatus: to })]
    : [];
}

export function ofDisbursement(event: Heard<typeof disbursementReported>): Told[] {
  return [tell(event, 'loan.paid', event.data.disbursementId, { enterprise: event.data.uscc })];
}

export function ofLimit(event: Heard<typeof limitChanged>): Told[] {
  const { changeId, status } = event.data;
  const kind: KindName = status === 'PENDING' ? 'limit.proposed' : 'limit.decided';
  return [tell(event, kind, changeId, { operators: true }, { limitStatus: status })];
}

export const ofLimitHeld = (event: Heard<typeof limitHeld>): Told[] => [
  tell(event, 'limit.held', event.data.changeId, { operators: true }),
];

export const ofCalendar = (event: Heard<typeof calendarEnding>): Told[] => [
  tell(event, 'calendar.ending', event.data.knownTo, { operators: true }),
];
