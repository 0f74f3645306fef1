import { defineEvent, field } from './event-definition.js';
import { productFamilies } from './product-family.js';

/** What a bank may know of a need before it has taken a place. */
const masked = {
  district: field.orNull(field.code()),
  /** Two digits of GB/T 4754. */
  industry: field.orNull(field.code()),
  tier: field.orNull(field.code()),
};

export const searchHit = defineEvent(
  'marketplace.search.hit.v1',
  'A need that fits a saved search came onto the lead board: told to its person once per need, masked.',
  'personId',
  {
    personId: field.uuid(),
    institutionId: field.uuid(),
    searchId: field.uuid(),
    searchName: field.text(60),
    needId: field.uuid(),
    ...masked,
    scoreBand: field.orNull(field.code()),
    /** In 万元. */
    amountBand: field.code(),
    termMonths: field.integer(1),
    security: field.code(),
  },
);

export const searchDigested = defineEvent(
  'marketplace.search.digested.v1',
  'What a person’s saved searches found since the last digest, in one message a day.',
  'personId',
  {
    personId: field.uuid(),
    institutionId: field.uuid(),
    day: field.day(),
    count: field.integer(1),
    /** At most a hundred. */
    needIds: field.list(field.uuid()),
  },
);

export const listingStatuses = ['DRAFT', 'PUBLISHED', 'CLOSED'] as const;
export type ListingStatus = (typeof listingStatuses)[number];

export const listingChanged = defineEvent(
  'marketplace.listing.changed.v1',
  'A department published or closed a directed list (榜单).',
  'listingId',
  {
    listingId: field.uuid(),
    ownerId: field.uuid(),
    title: field.text(100),
    status: field.choice(...listingStatuses),
    entries: field.integer(0),
    closesOn: field.day(),
  },
);

export const listingConsentAsked = defineEvent(
  'marketplace.listing.asked.v1',
  'An enterprise is on a directed list and is asked whether banks may see who it is.',
  'uscc',
  {
    uscc: field.uscc(),
    listingId: field.uuid(),
    entryId: field.uuid(),
    title: field.text(100),
    owner: field.text(),
  },
);

export const takeUpStatuses = ['TAKEN', 'CONTACTED', 'OFFERED', 'LENT', 'GIVEN_UP'] as const;
export type TakeUpStatus = (typeof takeUpStatuses)[number];

export const takeUpChanged = defineEvent(
  'marketplace.listing.taken.v1',
  'A bank took up an entry of a directed list (揭榜; `from` is null), or its take-up moved on.',
  'uscc',
  {
    uscc: field.uscc(),
    listingId: field.uuid(),
    entryId: field.uuid(),
    takeUpId: field.uuid(),
    institutionId: field.uuid(),
    institutionCode: field.code(),
    personId: field.uuid(),
    from: field.orNull(field.choice(...takeUpStatuses)),
    to: field.choice(...takeUpStatuses),
    amountFen: field.orNull(field.fen()),
    ...masked,
  },
);

export const targetStatuses = [
  'UNASSIGNED',
  'ASSIGNED',
  'VISITED',
  'APPLIED',
  'LENT',
  'REFUSED',
  'NOT_INTERESTED',
] as const;
export type TargetStatus = (typeof targetStatuses)[number];

export const firstLoanTargetChanged = defineEvent(
  'marketplace.first-loan.changed.v1',
  'An enterprise without a known loan was assigned to a bank, visited, or came to an outcome in a first-loan campaign.',
  'uscc',
  {
    uscc: field.uscc(),
    campaignId: field.uuid(),
    targetId: field.uuid(),
    /** null while nobody has it. */
    institutionId: field.orNull(field.uuid()),
    institutionCode: field.orNull(field.code()),
    from: field.orNull(field.choice(...targetStatuses)),
    to: field.choice(...targetStatuses),
    /** Why it changed hands, or why it was refused. */
    reason: field.orNull(field.code()),
    amountFen: field.orNull(field.fen()),
    ...masked,
  },
);

export const programmeChanged = defineEvent(
  'marketplace.programme.changed.v1',
  'A department opened a public programme, wrote a new version of it, or closed it to subscriptions.',
  'programmeId',
  {
    programmeId: field.uuid(),
    code: field.code(),
    family: field.choice(...productFamilies),
    version: field.integer(1),
    status: field.choice('OPEN', 'CLOSED'),
  },
);

export const campaignChanged = defineEvent(
  'marketplace.campaign.changed.v1',
  'A first-loan campaign was opened, or came to its end.',
  'campaignId',
  {
    campaignId: field.uuid(),
    ownerId: field.uuid(),
    title: field.text(100),
    status: field.choice('OPEN', 'CLOSED'),
    closesOn: field.day(),
  },
);
