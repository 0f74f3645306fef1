import type {
  firstLoanTargetChanged,
  listingChanged,
  listingConsentAsked,
  searchDigested,
  searchHit,
  takeUpChanged,
} from '@app/contracts';

import { type Heard, tell, type Told } from './told.rules.js';

/** The event is told at most once per need and person already; the need is the subject, so that it stays so. */
export const ofHit = (event: Heard<typeof searchHit>): Told[] => [
  tell(event, 'search.hit', event.data.needId, {
    person: event.data.personId,
    institutionId: event.data.institutionId,
  }),
];

export const ofSearchDigest = (event: Heard<typeof searchDigested>): Told[] => [
  tell(event, 'search.digested', event.data.day, {
    person: event.data.personId,
    institutionId: event.data.institutionId,
  }),
];

export const ofListing = (event: Heard<typeof listingChanged>): Told[] =>
  event.data.status === 'PUBLISHED' ? [tell(event, 'listing.published', event.data.listingId, { members: true })] : [];

export const ofListingAsk = (event: Heard<typeof listingConsentAsked>): Told[] => [
  tell(event, 'listing.asked', event.data.entryId, { enterprise: event.data.uscc }),
];

export const ofTakeUp = (event: Heard<typeof takeUpChanged>): Told[] =>
  event.data.from === null ? [tell(event, 'listing.taken', event.data.takeUpId, { enterprise: event.data.uscc })] : [];

export function ofFirstLoan(event: Heard<typeof firstLoanTargetChanged>): Told[] {
  const { targetId, institutionId, to } = event.data;
  return to === 'ASSIGNED' && institutionId
    ? [tell(event, 'first-loan.assigned', targetId, { adminsOf: institutionId })]
    : [];
}
