export { authorisationRevoked, authorisationSigned } from './credit.event.js';
export {
  type DataOf,
  defineEvent,
  type EventDefinition,
  type EventEnvelope,
  field,
  type JsonSchema,
} from './event-definition.js';
export { recordsChanged } from './ingestion.event.js';
