/** One thing that must never be otherwise, recounted from the rows. */
export class InvariantResponse {
  code: string;
  /** What must hold, in Chinese. */
  says: string;
  saysEn: string;
  /** Rows that break it: none. */
  violations: number;
  /** The first of them, at most ten. */
  sample: string[];
}

export class InvariantsResponse {
  /** The instant of the snapshot that all of them were counted in. */
  asOf: string;
  violations: number;
  /** What the counting took, in milliseconds. */
  tookMs: number;
  items: InvariantResponse[];
}
