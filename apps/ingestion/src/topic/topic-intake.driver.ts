import type { Clock } from '@app/kernel';
import type { ForeignMessage, TopicTaker } from '@app/messaging';

import type { KafkaConnector } from '../connector/connector.rules.js';
import type { PulledBatches } from '../connector/pulled-batch.service.js';
import { gathered, type Gathering, isDue, isFull, referenceOf } from './gathering.rules.js';
import { lineOfMessage } from './topic-line.rules.js';
import type { TopicPlace, TopicPositions } from './topic-positions.service.js';

interface Lane {
  place: TopicPlace;
  /** Everything below is in a batch. */
  position: bigint;
  gathering: Gathering | undefined;
  /** What is under way with this partition; one thing at a time. */
  busy: Promise<void>;
}

export interface TopicParts {
  positions: TopicPositions;
  batches: PulledBatches;
  clock: Clock;
  /** Called when a batch is durable. */
  commit: (topic: string, partition: number, next: bigint) => Promise<void>;
}

/**
 * Gathers the messages of one connector into batches, by number, size or time. A batch, and the place behind it, are one
 * transaction; the source's Kafka is told afterwards. Whoever dies in between is given the same messages again by
 * nobody: where to go on is asked of the place.
 */
export class TopicIntake implements TopicTaker {
  private readonly lanes = new Map<string, Lane>();

  constructor(
    private readonly connector: KafkaConnector,
    private readonly parts: TopicParts,
  ) {}

  async from(topic: string, partition: number): Promise<bigint> {
    const lane = await this.lane(topic, partition);
    await lane.busy;
    return lane.gathering?.next ?? lane.position;
  }

  async take(topic: string, partition: number, messages: ForeignMessage[]): Promise<void> {
    const lane = await this.lane(topic, partition);
    await this.alone(lane, async () => {
      for (const message of messages) {
        // Fetched again after a rebalance.
        if (message.offset < (lane.gathering?.next ?? lane.position)) continue;
        const line = lineOfMessage(lane.place, message);
        const nowMs = this.parts.clock.now().getTime();
        lane.gathering = gathered(lane.gathering, { offset: message.offset, line }, nowMs);
        if (isFull(lane.gathering, this.limits)) await this.write(lane);
      }
    });
  }

  /** Makes batches of what has waited long enough; of everything where `whole` says so. */
  async flush(whole: (feed: string) => boolean): Promise<void> {
    const nowMs = this.parts.clock.now().getTime();
    for (const lane of this.lanes.values())
      await this.alone(lane, async () => {
        const { gathering, place } = lane;
        if (gathering && (whole(place.feed) || isDue(gathering, this.limits, nowMs))) await this.write(lane);
      });
  }

  feedOf(topic: string): string {
    return this.connector.topics.find((one) => one.topic === topic)!.feed;
  }

  private get limits() {
    return { rows: this.connector.batchRows, seconds: this.connector.batchSeconds };
  }

  private async lane(topic: string, partition: number): Promise<Lane> {
    const name = `${topic} ${partition}`;
    const known = this.lanes.get(name);
    if (known) return known;
    const place = { connector: this.connector.connector, feed: this.feedOf(topic), topic, partition };
    const now = this.parts.clock.now();
    let position = await this.parts.positions.next(place);
    if (position === undefined) {
      // A partition that was added a moment ago is read from its beginning.
      position = 0n;
      await this.parts.positions.measure(place, { low: 0n, high: 0n }, now);
    }
    const lane = this.lanes.get(name) ?? { place, position, gathering: undefined, busy: Promise.resolve() };
    this.lanes.set(name, lane);
    return lane;
  }

  private async alone(lane: Lane, work: () => Promise<void>): Promise<void> {
    const turn = lane.busy.then(work);
    lane.busy = turn.catch(() => undefined);
    await turn;
  }

  private async write(lane: Lane): Promise<void> {
    const { place, position, gathering } = lane;
    if (!gathering) return;
    const { topic, partition, feed } = place;
    const { first, next, lines } = gathering;
    const batch = {
      feed,
      origin: 'TOPIC',
      form: 'TOPIC',
      reference: referenceOf(topic, partition, first),
      lines,
    } as const;
    await this.parts.batches.take(batch, (tx) => this.parts.positions.advance(tx, place, { from: position, next }));
    [lane.position, lane.gathering] = [next, undefined];
    await this.parts.commit(topic, partition, next);
  }
}
