import { recordsChanged } from '@app/contracts';
import { fc, it as fcIt } from '@fast-check/jest';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { cloudEventSchema, fromCloudEvent, toCloudEvent } from './cloud-event.js';

const envelope = {
  id: '0198a3c2-6a4e-7c1d-9d5e-2f3a4b5c6d7e',
  topic: 'ingestion.records.changed.v1',
  key: '91320505MA1XT00150',
  at: '2026-11-23T02:00:00.000Z',
  correlationId: 'request-1',
  data: {
    uscc: '91320505MA1XT00150',
    feed: 'tax.vat-return',
    batchId: '0198a3c2-6a4e-7c1d-9d5e-2f3a4b5c6d7f',
    records: 3,
  },
};

const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);

describe('an event as a CloudEvent', () => {
  it('speaks CloudEvents 1.0, and fits the schema of its kind', () => {
    const event = JSON.parse(toCloudEvent(envelope));
    expect(event).toMatchObject({
      specversion: '1.0',
      id: envelope.id,
      source: '/xinqiao/ingestion',
      type: 'ingestion.records.changed.v1',
      subject: '91320505MA1XT00150',
      time: '2026-11-23T02:00:00.000Z',
      partitionkey: '91320505MA1XT00150',
    });
    const fits = ajv.compile(cloudEventSchema(recordsChanged.schema));
    expect(fits(event)).toBe(true);
    expect(fits({ ...event, data: { ...event.data, records: 0 } })).toBe(false);
    expect(fits({ ...event, specversion: '0.3' })).toBe(false);
    // Names of attributes are lower-case letters and digits, says CloudEvents.
    expect(Object.keys(event).filter((name) => !/^[a-z0-9]{1,20}$/.test(name))).toEqual([]);
  });

  fcIt.prop([fc.uuid(), fc.string({ minLength: 1 }), fc.dictionary(fc.string(), fc.jsonValue())])(
    'comes back as it went',
    (id, key, data) => {
      const sent = JSON.parse(JSON.stringify({ ...envelope, id, key, data }));
      expect(fromCloudEvent(Buffer.from(toCloudEvent(sent)))).toEqual(sent);
    },
  );

  it('carries the context of a trace', () => {
    const traced = { ...envelope, traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    expect(fromCloudEvent(Buffer.from(toCloudEvent(traced)))).toEqual(traced);
  });

  it.each([
    ['no JSON', 'hello', 'hello'],
    ['nothing', '', ''],
    ['another event', '{"specversion":"1.0","id":"x"}', { specversion: '1.0', id: 'x' }],
    ['a list', '[1]', [1]],
  ])('gives %s to whoever parks it, as it is', (_, text, expected) => {
    expect(fromCloudEvent(Buffer.from(text))).toEqual(expected);
  });
});
