import type { EventDefinition, EventEnvelope } from '@app/contracts';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** An event whose data is of no interest to the types. */
export type AnyEvent = Pick<EventDefinition, 'topic' | 'schema'>;

const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);

/** Around the data, every event looks the same. */
const isEnvelope = ajv.compile({
  type: 'object',
  required: ['id', 'topic', 'key', 'at', 'correlationId', 'data'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    topic: { type: 'string', minLength: 1 },
    key: { type: 'string', minLength: 1 },
    at: { type: 'string', format: 'date-time' },
    correlationId: { type: 'string' },
    data: { type: 'object' },
  },
});

/** Compiled once per event definition. */
const checks = new WeakMap<object, ValidateFunction>();

function checkOf(schema: object): ValidateFunction {
  const known = checks.get(schema);
  if (known) return known;
  const made = ajv.compile(schema);
  checks.set(schema, made);
  return made;
}

/** What is wrong with the data of an event, in one line; undefined when nothing is. */
export function faultOfData(event: AnyEvent, data: unknown): string | undefined {
  const check = checkOf(event.schema);
  return check(data) ? undefined : ajv.errorsText(check.errors, { dataVar: event.topic });
}

/** What is wrong around the data of something that came over the bus; undefined when nothing is. */
export const faultOfShape = (envelope: unknown): string | undefined =>
  isEnvelope(envelope) ? undefined : ajv.errorsText(isEnvelope.errors, { dataVar: 'envelope' });

/** What is wrong with something that came over the bus; undefined when it is a good event of one of `events`. */
export function faultOfEnvelope(events: readonly AnyEvent[], envelope: unknown): string | undefined {
  const fault = faultOfShape(envelope);
  if (fault) return fault;
  const { topic, data } = envelope as EventEnvelope;
  const event = events.find((candidate) => candidate.topic === topic);
  return event ? faultOfData(event, data) : `${topic} is not heard here`;
}
