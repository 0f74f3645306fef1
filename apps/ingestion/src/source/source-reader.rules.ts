/** A stretch of what a source has to give, in its own counting: numbers of rows, days, or offsets. */
export interface Stretch {
  kind: 'SEQUENCE' | 'DAY';
  from: string;
  to: string;
}

/** Where a reader stands in a source. */
export interface Position {
  cursor: string;
  /** The number of the last row, where the source numbers its rows. */
  sequence: string | null;
}

/** What comes of a source in one go, and becomes one batch together with the new position. */
export interface Piece {
  /** Names the piece among all of its feed: the same piece read again has the same mark. */
  mark: string;
  /** One JSON object a line. */
  lines: string[];
  /** Where the source is to be asked next; null for a piece that fills a gap. */
  next: Position | null;
  asOf: string | null;
  /** Seen while this piece was read: something is missing before it. */
  missing?: Stretch;
  /** What of an open gap came with this piece. */
  fills?: Stretch;
  /** What an operator should know of the source. */
  remarks?: string[];
}

/** What is asked of one source for one feed; `gaps` are asked for again first. */
export interface Asked {
  feed: string;
  position: Position;
  gaps: readonly Stretch[];
  /** The day of today in Suzhou. */
  today: string;
  stop: AbortSignal;
}

export const start: Position = { cursor: '', sequence: null };
