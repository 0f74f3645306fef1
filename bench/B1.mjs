import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startKafka } from '../infra/local/kafka.mjs';
import { comparison, figure, interleave, pluck, ratioOf, round } from './measure.mjs';
import { startChild } from './processes.mjs';

export const bench = {
  what: 'bus: events through our driver of Kafka, a second of one core, over a bare loop of kafkajs',
  floor: 0.5,
  stretch: 0.8,
  async run({ quick, rounds = quick ? 1 : 5, rows: events = quick ? 5_000 : 60_000 }) {
    const home = mkdtempSync(join(tmpdir(), 'xinqiao-bench-'));
    const kafka = await startKafka({ dataDir: home, say: console.log });
    const settings = { KAFKA_BROKERS: kafka.brokers, LOG_LEVEL: 'silent' };
    const ours = await startChild('bus/ours.mjs', settings);
    const base = await startChild('bus/bare.mjs', settings);
    try {
      const turn = (side, name) => (at) => side.call('carry', { prefix: `${name}${at}.`, events });
      const seen = await interleave({ rounds, ours: turn(ours, 'ours'), base: turn(base, 'base') });
      return { ...summed(seen), settings: { events, 'events a request': 500, partitions: 16 }, versions: {} };
    } finally {
      await Promise.all([ours.stop(), base.stop()]);
      await kafka.stop();
      rmSync(home, { recursive: true, force: true });
    }
  },
};

/** Per second of processor time of the one process: whoever else is on the machine hardly shows. */
function summed({ ours, base }) {
  const both = (name) => [pluck(ours, name), pluck(base, name)];
  const [own, bare] = both('perCore');
  return {
    ours: { unit: 'events/s of a core', rounds: own.map(round) },
    base: {
      what: 'kafkajs alone: the same requests of an idempotent producer, eachBatch, JSON parsed, offsets committed',
      unit: 'events/s of a core',
      rounds: bare.map(round),
    },
    ratio: ratioOf(own, bare),
    also: [
      comparison('published', 'events/s of a core', both('publishPerCore')),
      comparison('heard', 'events/s of a core', both('hearPerCore')),
      comparison('published, by the clock', 'events/s', both('publishRate')),
      comparison('heard, by the clock', 'events/s', both('hearRate')),
      figure('size of an event on Kafka, ours', 'bytes', pluck(ours, 'bytes')),
    ],
  };
}
