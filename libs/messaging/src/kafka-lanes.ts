import type { Message } from './event-bus.js';

/** A partition that this process has been given, and what of it is fetched but not heard yet. */
export interface Lane {
  topic: string;
  partition: number;
  waiting: Message[];
  /** Every offset below has been heard here and the work is committed. */
  heard: bigint;
  running: boolean;
  /** Not before this instant of performance.now(). */
  notBefore: number;
  paused: boolean;
}

export const laneName = (topic: string, partition: number): string => `${topic} ${partition}`;

/** The lanes of one consumer in the order of their next turn. */
export class KafkaLanes {
  private readonly lanes = new Map<string, Lane>();

  get(topic: string, partition: number): Lane | undefined {
    return this.lanes.get(laneName(topic, partition));
  }

  all(): Lane[] {
    return [...this.lanes.values()];
  }

  /**
   * After a rebalance: what was fetched is forgotten, since fetching begins again at the committed offsets; what was
   * heard is remembered for the lanes that stay, so that they do not hear it twice.
   */
  assign(assigned: { topic: string; partition: number }[]): void {
    const before = new Map(this.lanes);
    this.lanes.clear();
    for (const { topic, partition } of assigned) {
      const name = laneName(topic, partition);
      const lane = before.get(name) ?? { topic, partition, heard: 0n, running: false, notBefore: 0 };
      // The same object where it stays: what is in flight there must end before the lane has its next turn.
      this.lanes.set(name, Object.assign(lane, { waiting: [], paused: false }));
    }
  }

  /** The lane whose turn it is. It goes to the end of the line, so that a busy lane does not starve the others. */
  next(): Lane | undefined {
    const now = performance.now();
    for (const [name, lane] of this.lanes) {
      if (lane.running || lane.waiting.length === 0 || lane.notBefore > now) continue;
      this.lanes.delete(name);
      this.lanes.set(name, lane);
      return lane;
    }
    return undefined;
  }
}

/** Adds what was fetched, without what was heard before. */
export function append(lane: Lane, messages: Message[], logEnd: bigint): void {
  // A log that ends before what was heard is another log: its topic was made anew.
  if (logEnd < lane.heard) lane.heard = 0n;
  for (const message of messages) if (message.position >= lane.heard) lane.waiting.push(message);
}

/** Takes note that everything before an offset is heard. */
export function moveTo(lane: Lane, offset: bigint): void {
  lane.heard = offset;
  let gone = 0;
  while (lane.waiting[gone] && lane.waiting[gone]!.position < offset) gone += 1;
  lane.waiting.splice(0, gone);
}
