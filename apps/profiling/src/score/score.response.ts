export class ScoreResponse {
  id: string;
  asOf: string;
  scoredAt: string;
  modelVersion: string;
  score: number | null;
  scoreBand: string | null;
  tier: string | null;
  /** SHA-256 of the canonical profile. */
  outputHash: string;
}

export class ScorePage {
  items: ScoreResponse[];
  nextCursor: string | null;
}

export class ReplayResponse {
  scoreId: string;
  asOf: string;
  modelVersion: string;
  /** As it was stored when the enterprise was scored. */
  storedHash: string;
  /** Of the profile computed just now from the stored inputs. */
  replayedHash: string;
  /** Whether the older score came out to the bit. */
  same: boolean;
  score: number | null;
  scoreBand: string | null;
}

export interface ScoreRow {
  id: string;
  as_of: string;
  scored_at: Date;
  model_version: string;
  score: number | null;
  score_band: string | null;
  tier: string | null;
  output_hash: string;
}

export const toScoreResponse = (row: ScoreRow): ScoreResponse => ({
  id: row.id,
  asOf: row.as_of,
  scoredAt: row.scored_at.toISOString(),
  modelVersion: row.model_version,
  score: row.score,
  scoreBand: row.score_band,
  tier: row.tier,
  outputHash: row.output_hash,
});
