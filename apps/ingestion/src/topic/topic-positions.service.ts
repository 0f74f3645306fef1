import { AppError, uuidv7 } from '@app/kernel';
import type { ForeignEnds } from '@app/messaging';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

export interface TopicPlace {
  connector: string;
  feed: string;
  topic: string;
  partition: number;
}

/** The ends of a partition, and what was taken of it before they were asked for. */
export interface Measured extends Pick<ForeignEnds, 'low' | 'high'> {
  before?: bigint | undefined;
}

/** Another copy of the service has gone on meanwhile: nothing of what this one holds may count. */
export class PlaceTaken extends AppError {
  override readonly code = 'INGESTION.PLACE_TAKEN';
  constructor() {
    super('conflict', 'this partition was taken over by another copy of the service');
  }
}

/** How far topics are taken in: the truth about it is here, and Kafka is only told. */
@Injectable()
export class TopicPositions {
  private readonly logger = new Logger(TopicPositions.name);

  constructor(private readonly db: DataSource) {}

  /** The first offset that is in no batch yet; undefined for a partition that was never measured. */
  async next({ connector, topic, partition }: TopicPlace): Promise<bigint | undefined> {
    const [row]: { next_offset: string }[] = await this.db.query(
      'select next_offset from topic_position where connector = $1 and topic = $2 and partition = $3',
      [connector, topic, partition],
    );
    return row && BigInt(row.next_offset);
  }

  /** By `topic partition`, for `measure`. */
  async all(connector: string): Promise<Map<string, bigint>> {
    const rows: { topic: string; partition: number; next_offset: string }[] = await this.db.query(
      'select topic, partition, next_offset from topic_position where connector = $1',
      [connector],
    );
    return new Map(rows.map((row) => [`${row.topic} ${row.partition}`, BigInt(row.next_offset)]));
  }

  /** In the transaction that makes the batch. @throws PlaceTaken */
  async advance(tx: EntityManager, place: TopicPlace, { from, next }: { from: bigint; next: bigint }): Promise<void> {
    const { connector, topic, partition } = place;
    const [moved]: [unknown[], number] = await tx.query(
      `update topic_position set next_offset = $5::bigint, end_offset = greatest(end_offset, $5::bigint)
       where connector = $1 and topic = $2 and partition = $3 and next_offset = $4 returning partition`,
      [connector, topic, partition, String(from), String(next)],
    );
    if (moved.length === 0) throw new PlaceTaken();
  }

  /**
   * Where the topic ends now. What it forgot before it was taken is told as a gap; one that was made anew (it ends before
   * what was taken of it `before` it was asked) begins anew. True when the place was moved by either.
   */
  async measure(place: TopicPlace, { low, high, before = 0n }: Measured, now: Date): Promise<boolean> {
    const { connector, feed, topic, partition } = place;
    return this.db.transaction(async (tx) => {
      await tx.query(
        `insert into topic_position (connector, topic, partition, feed, next_offset, end_offset, measured_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (connector, topic, partition) do nothing`,
        [connector, topic, partition, feed, String(low), String(high), now],
      );
      const [row]: { next_offset: string }[] = await tx.query(
        'select next_offset from topic_position where connector = $1 and topic = $2 and partition = $3 for update',
        [connector, topic, partition],
      );
      const held = BigInt(row!.next_offset);
      const next = before > high || held < low ? low : held;
      await tx.query(
        `update topic_position set feed = $4, next_offset = $5::bigint, end_offset = greatest($6::bigint, $5::bigint), measured_at = $7
         where connector = $1 and topic = $2 and partition = $3`,
        [connector, topic, partition, feed, String(next), String(high), now],
      );
      if (held < low) await this.tellGap(tx, place, { from: held, to: low - 1n, now });
      if (before > high) this.logger.warn(`${connector} ${topic}[${partition}] was made anew: it begins at ${low}`);
      return next !== held;
    });
  }

  private async tellGap(
    tx: EntityManager,
    { connector, feed, topic, partition }: TopicPlace,
    { from, to, now }: { from: bigint; to: bigint; now: Date },
  ): Promise<void> {
    const name = `${topic}[${partition}]`;
    this.logger.warn(`${connector} ${name}: ${from} to ${to} were gone before they were taken`);
    await tx.query(
      `insert into source_gap (id, connector, feed, kind, starts, ends, seen_at) values ($1, $2, $3, 'OFFSET', $4, $5, $6)`,
      [uuidv7(now), connector, feed, `${name}@${from}`, `${name}@${to}`, now],
    );
  }
}
