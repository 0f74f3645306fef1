import { defineEvent, field } from './event-definition.js';

export const needStatuses = [
  'DRAFT',
  'SUBMITTED',
  'PUBLISHED',
  'FULL',
  'EXPIRED',
  'WITHDRAWN',
  'MATCHED',
  'FUNDED',
  'CLOSED_UNFUNDED',
] as const;
export type NeedStatus = (typeof needStatuses)[number];

export const grabStatuses = [
  'ACTIVE',
  'CONTACTED',
  'IN_REVIEW',
  'OFFERED',
  'ACCEPTED',
  'DISBURSED',
  'DECLINED',
  'LAPSED',
  'RELEASED',
  'CANCELLED',
  'LOST',
] as const;
export type GrabStatus = (typeof grabStatuses)[number];

export const offerStatuses = ['OPEN', 'ACCEPTED', 'SUPERSEDED', 'EXPIRED', 'LOST', 'WITHDRAWN'] as const;
export type OfferStatus = (typeof offerStatuses)[number];

/** What regulators count by: read from the profile once, at publication, and frozen on the need since (rule 13). */
const frozen = {
  needId: field.uuid(),
  uscc: field.uscc(),
  district: field.orNull(field.code()),
  /** Two digits of GB/T 4754. */
  industry: field.orNull(field.code()),
  tier: field.orNull(field.code()),
  scoreBand: field.orNull(field.code()),
  modelVersion: field.orNull(field.code()),
  needAmountFen: field.fen(),
  termMonths: field.integer(1),
  security: field.code(),
};

const bank = {
  institutionId: field.uuid(),
  institutionCode: field.code(),
};

export const needChanged = defineEvent(
  'marketplace.need.changed.v1',
  'A financing need changed its state, or was suspended or resumed within it (then `from` equals `to`).',
  'uscc',
  {
    ...frozen,
    from: field.orNull(field.choice(...needStatuses)),
    to: field.choice(...needStatuses),
    reason: field.orNull(field.code()),
    suspended: field.flag(),
    publishedAt: field.orNull(field.instant()),
  },
);

export const grabChanged = defineEvent(
  'marketplace.grab.changed.v1',
  'A bank took a place of a need (`from` is null), or its case moved on to another state.',
  'uscc',
  {
    ...frozen,
    ...bank,
    grabId: field.uuid(),
    managerId: field.uuid(),
    from: field.orNull(field.choice(...grabStatuses)),
    to: field.choice(...grabStatuses),
    reason: field.orNull(field.code()),
    intendedFen: field.fen(),
    limitVersion: field.integer(1),
    grabbedAt: field.instant(),
    contactedAt: field.orNull(field.instant()),
  },
);

export const offerChanged = defineEvent(
  'marketplace.offer.changed.v1',
  'A bank made an offer (`from` is null), or the offer was accepted, replaced, lost, withdrawn or ran out.',
  'uscc',
  {
    ...frozen,
    ...bank,
    grabId: field.uuid(),
    offerId: field.uuid(),
    from: field.orNull(field.choice(...offerStatuses)),
    to: field.choice(...offerStatuses),
    offerFen: field.fen(),
    annualRateBp: field.integer(0),
    annualCostBp: field.integer(0),
    offerTermMonths: field.integer(1),
    offerSecurity: field.code(),
  },
);

export const disbursementReported = defineEvent(
  'marketplace.disbursement.reported.v1',
  'A bank reported money paid out under an accepted offer; `late` when the report came after its deadline.',
  'uscc',
  {
    ...frozen,
    ...bank,
    grabId: field.uuid(),
    offerId: field.uuid(),
    disbursementId: field.uuid(),
    paidFen: field.fen(),
    drawnOn: field.day(),
    annualRateBp: field.integer(0),
    late: field.flag(),
  },
);

export const limitChanged = defineEvent(
  'marketplace.limit.changed.v1',
  'A change of a limit was proposed, approved or rejected.',
  'changeId',
  {
    changeId: field.uuid(),
    what: field.code(),
    /** A number, true or false, or whole fen, as text. */
    value: field.text(64),
    effectiveFrom: field.instant(),
    status: field.choice('PENDING', 'APPROVED', 'REJECTED'),
  },
);

export const limitHeld = defineEvent(
  'marketplace.limit.held.v1',
  'A planned limit came into force below what had been granted by then: nothing is taken back, nothing is added there.',
  'changeId',
  {
    changeId: field.uuid(),
    /** The limit that lies below; not always the parameter that was changed, which may be a switch. */
    what: field.code(),
    limit: field.integer(0),
    /** The most that any one holds. */
    granted: field.integer(1),
    /** How many needs, institutions or account managers hold more than the limit. */
    holders: field.integer(1),
    effectiveFrom: field.instant(),
  },
);

export const calendarEnding = defineEvent(
  'marketplace.calendar.ending.v1',
  'Clocks already reach days of a year whose public holidays are not held: only its weekends are counted as days off.',
  'knownTo',
  {
    /** The last day that the calendar knows. */
    knownTo: field.day(),
    today: field.day(),
  },
);

export const productChanged = defineEvent(
  'marketplace.product.changed.v1',
  'An institution put a product on the shelf, changed it or took it off.',
  'productId',
  {
    productId: field.uuid(),
    ...bank,
    name: field.text(100),
    status: field.choice('OFFERED', 'WITHDRAWN'),
  },
);

export const needRepublished = defineEvent(
  'marketplace.need.republished.v1',
  'A need that had ended without money was published again as its next version.',
  'uscc',
  {
    needId: field.uuid(),
    previousId: field.uuid(),
    uscc: field.uscc(),
    version: field.integer(2),
  },
);

export const entryStatuses = ['SEALED', 'WAITING', 'PLACED', 'PASSED', 'LEFT', 'CLOSED'] as const;
export type EntryStatus = (typeof entryStatuses)[number];

export const waitingChanged = defineEvent(
  'marketplace.waiting.changed.v1',
  'A bank joined the line of a need (`from` is null or SEALED), left it, got a place, or was passed over with a reason.',
  'uscc',
  {
    needId: field.uuid(),
    uscc: field.uscc(),
    ...bank,
    managerId: field.uuid(),
    entryId: field.uuid(),
    from: field.orNull(field.choice(...entryStatuses)),
    to: field.choice(...entryStatuses),
    reason: field.orNull(field.code()),
    grabId: field.orNull(field.uuid()),
  },
);

export const drawHeld = defineEvent(
  'marketplace.draw.held.v1',
  'The places of a need were drawn by lot among the banks of its fair window; the draw can be checked by anybody.',
  'uscc',
  {
    needId: field.uuid(),
    uscc: field.uscc(),
    entries: field.integer(0),
    placed: field.integer(0),
    waiting: field.integer(0),
    commitment: field.code(),
    seed: field.code(),
    limitVersion: field.integer(1),
  },
);

export const headroomCrossed = defineEvent(
  'marketplace.headroom.crossed.v1',
  'What a limit bounds has come close to it: a threshold was crossed, once until it falls below again.',
  'subjectId',
  {
    alertId: field.uuid(),
    subject: field.choice('INSTITUTION', 'MANAGER', 'NEED'),
    subjectId: field.uuid(),
    what: field.code(),
    thresholdBp: field.integer(1, 10_000),
    used: field.text(20),
    limit: field.text(20),
    limitVersion: field.integer(1),
  },
);
