import type { Viewer } from '@app/auth';
import { type Day, NotFound, type Uscc } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { PortraitService, refuseStrangers } from '../portrait/portrait.service.js';
import { profileHash, type ProfileInputs, profileOf } from '../profile/profile.rules.js';
import type { ReplayResponse, ScoreRow } from './score.response.js';

/** Sorts after every id of version 7. */
const afterAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The scores that an enterprise had, and the proof that they still come out. */
@Injectable()
export class ScoreService {
  constructor(
    private readonly db: DataSource,
    private readonly portraits: PortraitService,
  ) {}

  /** Newest first; one row more than `limit` when there are more. */
  async history(viewer: Viewer, uscc: Uscc, before: string | null, limit: number): Promise<ScoreRow[]> {
    const own = viewer.organisation.kind === 'enterprise';
    if (own) refuseStrangers(viewer, uscc);
    return this.db.transaction(async (tx) => {
      const rows: ScoreRow[] = await tx.query(
        `select id, as_of::text, scored_at, model_version, score, score_band, tier, output_hash
         from score where uscc = $1 and id < $2 order by id desc limit $3`,
        [uscc, before ?? afterAll, limit + 1],
      );
      const ids = rows.map(({ id }) => id);
      if (!own && ids.length > 0) await this.portraits.logDuty(tx, viewer, uscc, 'SCORE_HISTORY', ids);
      return rows;
    });
  }

  /** Computes an older score again from its stored inputs and the model of its time. @throws NotFound */
  async replay(viewer: Viewer, uscc: Uscc, scoreId: string): Promise<ReplayResponse> {
    return this.db.transaction(async (tx) => {
      const [row]: { as_of: Day; model_version: string; inputs: ProfileInputs; output_hash: string }[] = await tx.query(
        'select as_of::text, model_version, inputs, output_hash from score where uscc = $1 and id = $2',
        [uscc, scoreId],
      );
      if (!row) throw new NotFound('score');
      const profile = profileOf(row.inputs);
      const replayedHash = profileHash(profile);
      const answer: ReplayResponse = {
        scoreId,
        asOf: row.as_of,
        modelVersion: row.model_version,
        storedHash: row.output_hash,
        replayedHash,
        same: replayedHash === row.output_hash,
        score: profile.portrait.score,
        scoreBand: profile.portrait.band,
      };
      await this.portraits.logDuty(tx, viewer, uscc, 'SCORE_REPLAY', answer);
      return answer;
    });
  }
}
