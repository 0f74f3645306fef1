import { setTimeout as pause } from 'node:timers/promises';

/** Everything of the lane below `heard` is worked off and committed in the subscriber's database. */
export interface Reached {
  topic: string;
  partition: number;
  heard: bigint;
}

const againMs = 300;

/** Tells Kafka how far a group has come: one request at a time for whatever lanes have moved since the last. */
export class KafkaCommits {
  private readonly moved = new Set<Reached>();
  private committing: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly commit: (reached: Reached[]) => Promise<void>) {}

  /** The lane's `heard` is read when the request is made. */
  add(lane: Reached): void {
    this.moved.add(lane);
    this.committing ??= this.work();
  }

  /** After a rebalance only these lanes are ours, and all that they have heard is told once more. */
  restart(lanes: Reached[]): void {
    this.moved.clear();
    for (const lane of lanes) if (lane.heard > 0n) this.add(lane);
  }

  async flush(): Promise<void> {
    await this.committing;
  }

  close(): void {
    this.closed = true;
  }

  private async work(): Promise<void> {
    while (this.moved.size > 0 && !this.closed) {
      const lanes = [...this.moved];
      const now = lanes.map(({ topic, partition, heard }) => ({ topic, partition, heard }));
      const done = await this.commit(now).then(
        () => true,
        () => false,
      );
      // What moved on meanwhile, or was not taken, is told again.
      for (const [at, lane] of lanes.entries()) if (done && lane.heard === now[at]!.heard) this.moved.delete(lane);
      if (!done) await pause(againMs, undefined, { ref: false });
    }
    this.committing = undefined;
  }
}
