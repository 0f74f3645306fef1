import type { Viewer } from '@app/auth';
import {
  ConsentMissing,
  consentFor,
  logRead,
  logRefusal,
  type ReadAttempt,
  ReadRefused,
  withConsentShared,
} from '@app/database';
import { canonicalJson, Clock, dayOf, sha256Hex, type Uscc, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { refuseOutsiders } from '../product/product.service.js';
import { TargetNotFound } from './campaign.error.js';
import {
  type OpenTargetResponse,
  type TargetRow,
  toTargetResponse,
  toVisitResponse,
  type VisitRow,
} from './campaign.response.js';
import { campaignPurpose } from './candidate.service.js';
import { refuseStrangers, targetColumns } from './target.service.js';

interface Facts {
  name: string | null;
  address: string | null;
}

/** That an enterprise has no known loan comes from records under authorisation: who it is opens behind the gate only. */
@Injectable()
export class TargetReading {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @throws TargetNotFound; ConsentMissing after logging the refused attempt */
  async open(viewer: Viewer, id: string): Promise<OpenTargetResponse> {
    refuseOutsiders(viewer);
    const uscc = await this.usccOf(viewer, id);
    const attempt = attemptOf(viewer, uscc, this.clock.now());
    try {
      return await this.db.transaction((tx) => this.read(tx, { viewer, id, attempt }));
    } catch (error) {
      if (error instanceof ReadRefused) await logRefusal(this.db.manager, { ...attempt, code: error.code });
      throw error;
    }
  }

  /** Lock, look at the session, check consent, read, log: one transaction, so that no revocation comes between. */
  private async read(
    tx: EntityManager,
    { viewer, id, attempt }: { viewer: Viewer; id: string; attempt: ReadAttempt },
  ): Promise<OpenTargetResponse> {
    const { uscc, institution, purpose } = attempt;
    await withConsentShared(tx, uscc);
    await refuseStrangers(tx, viewer);
    const consent = await consentFor(tx, { uscc, institution, purpose, today: dayOf(attempt.at) });
    if (!consent.granted) throw new ConsentMissing(consent.missing);
    const answer = await compose(tx, viewer, id, uscc);
    const resultHash = sha256Hex(canonicalJson(answer));
    await logRead(tx, { ...attempt, authorisationId: consent.authorisationId, resultHash });
    return answer;
  }

  private async usccOf(viewer: Viewer, id: string): Promise<Uscc> {
    const [row]: { uscc: Uscc }[] = await this.db.query(
      'select uscc from campaign_target where id = $1 and institution_id = $2',
      [id, viewer.organisation.id],
    );
    if (!row) throw new TargetNotFound();
    return row.uscc;
  }
}

const attemptOf = (viewer: Viewer, uscc: Uscc, at: Date): ReadAttempt => ({
  id: uuidv7(at),
  at,
  uscc,
  organisationId: viewer.organisation.id,
  institution: viewer.organisation.code,
  personId: viewer.personId,
  act: 'FIRST_LOAN_TARGET',
  purpose: campaignPurpose,
});

async function compose(tx: EntityManager, viewer: Viewer, id: string, uscc: string): Promise<OpenTargetResponse> {
  // Read again under the lock: it may have gone to another bank a moment ago.
  const [row]: TargetRow[] = await tx.query(
    `select ${targetColumns} from campaign_target t join campaign c on c.id = t.campaign_id
     where t.id = $1 and t.institution_id = $2`,
    [id, viewer.organisation.id],
  );
  if (!row) throw new TargetNotFound();
  const [facts]: Facts[] = await tx.query(
    `select (select name from profiling_api.enterprise_v1 where uscc = $1) as name,
            (select fields->>'address' from ingestion_api.record_v1
             where uscc = $1 and feed = 'registry.enterprise' order by report_date desc limit 1) as address`,
    [uscc],
  );
  const visits: VisitRow[] = await tx.query(
    `select visited_on::text as "visitedOn", method, outcome, reason, note, recorded_at as "recordedAt"
     from campaign_visit where target_id = $1 and institution_id = $2 order by id limit 200`,
    [id, viewer.organisation.id],
  );
  return Object.assign(toTargetResponse(row), {
    uscc,
    name: facts?.name ?? uscc,
    address: facts?.address ?? null,
    history: visits.map(toVisitResponse),
  });
}
