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
export { recordsChanged } from './ingestion.event.js';
export {
  disbursementReported,
  grabChanged,
  type GrabStatus,
  grabStatuses,
  limitChanged,
  needChanged,
  type NeedStatus,
  needStatuses,
  offerChanged,
  type OfferStatus,
  offerStatuses,
  productChanged,
} from './marketplace.event.js';
export { eventParked } from './messaging.event.js';
export { profileUpdated } from './profiling.event.js';
export { type TopicPlan, topicPlanOf } from './topic-plan.js';
