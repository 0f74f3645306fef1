export { authorisationRevoked, authorisationSigned } from './credit.event.js';
export {
  type DataOf,
  defineEvent,
  type EventDefinition,
  type EventEnvelope,
  field,
  type JsonSchema,
} from './event-definition.js';
export { enterpriseRegistered, membershipsChanged, personReactivated, personSuspended } from './identity.event.js';
export { freshnessMissed, recordsChanged, recordsRetold } from './ingestion.event.js';
export {
  attachmentAdded,
  caseTransferred,
  clockChanged,
  complaintChanged,
  contactRecorded,
  deadlineNeared,
  feedbackGiven,
  lprQuoted,
  visitChanged,
} from './marketplace-case.event.js';
export {
  calendarEnding,
  disbursementReported,
  drawHeld,
  type EntryStatus,
  entryStatuses,
  grabChanged,
  type GrabStatus,
  grabStatuses,
  headroomCrossed,
  limitChanged,
  limitHeld,
  needChanged,
  needRepublished,
  type NeedStatus,
  needStatuses,
  offerChanged,
  type OfferStatus,
  offerStatuses,
  productChanged,
  waitingChanged,
} from './marketplace.event.js';
export {
  campaignChanged,
  firstLoanTargetChanged,
  listingChanged,
  listingConsentAsked,
  type ListingStatus,
  listingStatuses,
  programmeChanged,
  searchDigested,
  searchHit,
  takeUpChanged,
  type TakeUpStatus,
  takeUpStatuses,
  type TargetStatus,
  targetStatuses,
} from './marketplace-matching.event.js';
export { flagRaised, institutionsScored, safetyNoted } from './marketplace-safety.event.js';
export { eventParked } from './messaging.event.js';
export { productFamilies, type ProductFamily } from './product-family.js';
export { profileUpdated } from './profiling.event.js';
export {
  marketplaceFollowed,
  profilingFollowed,
  type RebuildFollower,
  rebuildFollowers,
  rebuildTold,
  supervisionFollowed,
} from './rebuild.event.js';
export { type TopicPlan, topicPlanOf } from './topic-plan.js';
