/** Messages of one partition that wait to become a batch. */
export interface Gathering {
  first: bigint;
  /** The offset behind the last of them. */
  next: bigint;
  lines: string[];
  bytes: number;
  sinceMs: number;
}

export interface GatheringLimits {
  rows: number;
  seconds: number;
}

/** Beyond what a few thousand common messages take; held in memory once for each partition. */
const bytesMax = 4_000_000;

/** Adds a message; `gathering` is undefined for the first one. */
export function gathered(
  gathering: Gathering | undefined,
  { offset, line }: { offset: bigint; line: string },
  nowMs: number,
): Gathering {
  const to = gathering ?? { first: offset, next: offset, lines: [], bytes: 0, sinceMs: nowMs };
  to.lines.push(line);
  to.bytes += line.length;
  to.next = offset + 1n;
  return to;
}

export const isFull = ({ lines, bytes }: Gathering, { rows }: GatheringLimits): boolean =>
  lines.length >= rows || bytes >= bytesMax;

/** The first of them has waited long enough. */
export const isDue = ({ sinceMs }: Gathering, { seconds }: GatheringLimits, nowMs: number): boolean =>
  nowMs - sinceMs >= seconds * 1_000;

/** A source's own name of a batch: the same first message always begins the same batch. Printable, at most 200 characters. */
export const referenceOf = (topic: string, partition: number, first: bigint): string =>
  `topic-${topic.replaceAll(/[^\x21-\x7e]/g, '_').slice(0, 150)}-${partition}-${first}`;
