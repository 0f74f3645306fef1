import { databaseUrlOf } from '@app/config';
import { AppError, Clock } from '@app/kernel';
import { type ForeignTopics, TopicReader } from '@app/messaging';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';

import type { KafkaConnector } from '../connector/connector.rules.js';
import { Connectors } from '../connector/connectors.service.js';
import { PulledBatches } from '../connector/pulled-batch.service.js';
import { needed } from '../connector/reference.driver.js';
import { Visits } from '../connector/visits.service.js';
import { worksOnBatches } from '../ingestion.config.js';
import { TopicIntake } from './topic-intake.driver.js';
import { TopicPositions } from './topic-positions.service.js';
import { troubleText } from './trouble.driver.js';

const lookEveryMs = 1_000;
const measureEveryMs = 5_000;
/** After a failure, and while another copy of the service reads. */
const againMs = 5_000;
/** Any number that no other advisory lock of the house uses; the second half of the key is the connector. */
const topicLock = 7_304;

interface Reading {
  client: pg.Client;
  reader: TopicReader;
  intake: TopicIntake;
  resting: Set<string>;
  measuredAt: number;
  problem: Error | undefined;
}

/**
 * Reads the topics of sources that have a Kafka of their own: for each connector one copy of the service, whichever
 * holds its lock; the lock goes with the connection when that copy dies.
 */
@Injectable()
export class TopicJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(TopicJob.name);
  private readonly readings = new Map<string, Reading>();
  private readonly notBefore = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly connectors: Connectors,
    private readonly positions: TopicPositions,
    private readonly batches: PulledBatches,
    private readonly visits: Visits,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (!worksOnBatches() || this.connectors.listened().length === 0) return;
    this.timer = setInterval(() => void this.look(), lookEveryMs);
    void this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.looking;
    for (const [name, reading] of this.readings) await this.leave(name, reading);
  }

  /** One look at every connector; whoever asks during a look waits for that one. Never throws. */
  look(): Promise<void> {
    this.looking ??= this.lookAround()
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async lookAround(): Promise<void> {
    for (const connector of this.connectors.listened()) {
      if (this.stopping) return;
      const name = connector.connector;
      try {
        const reading = this.readings.get(name) ?? (await this.begin(connector));
        if (reading) await this.goOn(connector, reading);
      } catch (error) {
        await this.fail(connector, error as Error);
      }
    }
  }

  /** undefined while another copy reads, or after a failure of a moment ago. */
  private async begin(connector: KafkaConnector): Promise<Reading | undefined> {
    const name = connector.connector;
    if (performance.now() < (this.notBefore.get(name) ?? 0)) return undefined;
    this.notBefore.set(name, performance.now() + againMs);
    // Before the lock: what is not set must not leave it held by a connection that nobody knows of.
    const address = addressOf(connector);
    const client = await lockedClient(name);
    if (!client) return undefined;
    const reading = this.readingOf(connector, client, address);
    this.readings.set(name, reading);
    client.on('error', (error) => (reading.problem ??= error));
    void reading.reader.ended.then((error) => (reading.problem ??= error));
    // Before the first message: each partition must have its place.
    await this.measure(connector, reading);
    await reading.reader.open();
    this.logger.log(`${name}: reads ${connector.topics.map(({ topic }) => topic).join(', ')}`);
    return reading;
  }

  private readingOf(connector: KafkaConnector, client: pg.Client, address: ForeignTopics): Reading {
    const { positions, batches, clock } = this;
    const intake: TopicIntake = new TopicIntake(connector, {
      positions,
      batches,
      clock,
      commit: (topic, partition, next) => reader.commit(topic, partition, next),
    });
    const reader: TopicReader = new TopicReader(address, intake);
    return { client, reader, intake, resting: new Set(), measuredAt: -Infinity, problem: undefined };
  }

  private async goOn(connector: KafkaConnector, reading: Reading): Promise<void> {
    if (reading.problem) throw reading.problem;
    const paused = new Set<string>();
    for (const { feed, topic } of connector.topics) if (await this.visits.isPaused(feed)) paused.add(topic);
    for (const { topic } of connector.topics) {
      if (paused.has(topic) === reading.resting.has(topic)) continue;
      if (paused.has(topic)) reading.reader.pause(topic);
      else reading.reader.resume(topic);
    }
    reading.resting = paused;
    // What is in hand of a topic that rests becomes a batch, and waits as such.
    const restingFeeds = new Set([...paused].map((topic) => reading.intake.feedOf(topic)));
    await reading.intake.flush((feed) => restingFeeds.has(feed));
    if (performance.now() - reading.measuredAt < measureEveryMs) return;
    if (await this.measure(connector, reading)) throw new Error('it begins anew: its topic was made anew, or forgot');
  }

  /** True when a place was moved, and what is held in memory does not fit it any more. */
  private async measure({ connector, feeds }: KafkaConnector, reading: Reading): Promise<boolean> {
    reading.measuredAt = performance.now();
    const now = this.clock.now();
    const known = await this.positions.all(connector);
    let moved = false;
    for (const ends of await reading.reader.ends()) {
      const { topic, partition } = ends;
      const place = { connector, feed: reading.intake.feedOf(topic), topic, partition };
      const measured = { ...ends, before: known.get(`${topic} ${partition}`) };
      if (await this.positions.measure(place, measured, now)) moved = true;
    }
    for (const feed of feeds) await this.visits.heard({ connector, feed }, now);
    return moved;
  }

  private async fail(connector: KafkaConnector, error: Error): Promise<void> {
    const name = connector.connector;
    this.notBefore.set(name, performance.now() + againMs);
    const reading = this.readings.get(name);
    if (reading) await this.leave(name, reading);
    this.logger.warn(`${name}: ${error.message}`);
    const problem = error instanceof AppError ? error.message : troubleText(error);
    for (const feed of connector.feeds) await this.visits.unheard({ connector: name, feed }, problem, this.clock.now());
  }

  private async leave(name: string, { reader, client }: Reading): Promise<void> {
    this.readings.delete(name);
    await reader.close();
    await client.end().catch(() => undefined);
  }
}

async function lockedClient(connector: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: databaseUrlOf('ingestion'), keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as mine', [
    topicLock,
    connector,
  ]);
  if (rows[0]?.mine) return client;
  await client.end();
  return undefined;
}

/** @throws ReferenceEmpty */
function addressOf({ brokers, tls = false, ca, proof, group, topics }: KafkaConnector): ForeignTopics {
  const list = needed(brokers)
    .split(',')
    .map((address) => address.trim());
  const sign =
    proof.kind === 'SASL'
      ? { mechanism: proof.mechanism, username: needed(proof.username), password: needed(proof.password) }
      : undefined;
  return { brokers: list, tls, ca: ca && needed(ca), group, topics: topics.map(({ topic }) => topic), sign };
}
