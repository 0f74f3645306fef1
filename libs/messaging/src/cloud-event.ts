import type { EventEnvelope } from '@app/contracts';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** What stands in the header `content-type` of every message: structured mode, the whole event is in the value. */
export const cloudEventType = 'application/cloudevents+json; charset=utf-8';

/** An event in the words of CloudEvents 1.0.2; `partitionkey` and `correlationid` are extensions. */
interface CloudEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  partitionkey: string;
  correlationid: string;
  data: object;
}

const schema = {
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'time', 'partitionkey', 'correlationid', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', format: 'uuid' },
    source: { type: 'string', format: 'uri-reference', minLength: 1 },
    type: { type: 'string', minLength: 1 },
    subject: { type: 'string' },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    partitionkey: { type: 'string', minLength: 1 },
    correlationid: { type: 'string' },
    traceparent: { type: 'string' },
    tracestate: { type: 'string' },
    data: { type: 'object' },
  },
} as const;

const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);
const isCloudEvent = ajv.compile<CloudEvent>(schema);

/** The JSON Schema of a whole message that carries data of this schema. */
export const cloudEventSchema = (data: object): object => ({
  ...schema,
  properties: { ...schema.properties, data },
});

/** What is written to Kafka. Context of a trace, where an envelope has one, goes by its usual names. */
export function toCloudEvent(envelope: EventEnvelope): string {
  const { id, topic, key, at, correlationId, data, ...rest } = envelope;
  const event: CloudEvent = {
    specversion: '1.0',
    id,
    source: `/xinqiao/${topic.split('.')[0]}`,
    type: topic,
    subject: key,
    time: at,
    datacontenttype: 'application/json',
    partitionkey: key,
    correlationid: correlationId,
    ...rest,
    data,
  };
  return JSON.stringify(event);
}

/** An envelope; or, when the bytes are something else, whatever they are: the consumer parks it as it is. */
export function fromCloudEvent(value: Buffer | null): unknown {
  const text = value?.toString('utf8') ?? '';
  const event = parse(text);
  if (!isCloudEvent(event)) return event;
  const { id, type, partitionkey, time, correlationid, data } = event;
  const trace = Object.entries(event).filter(([name]) => name === 'traceparent' || name === 'tracestate');
  return {
    id,
    topic: type,
    key: partitionkey,
    at: time,
    correlationId: correlationid,
    ...Object.fromEntries(trace),
    data,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
