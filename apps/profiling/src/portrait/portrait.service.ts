import { hasRole, IdentityNotProved, liveSession, type Viewer, WrongRole } from '@app/auth';
import {
  ConsentMissing,
  consentFor,
  logRead,
  logRefusal,
  type ReadAttempt,
  ReadRefused,
  withConsentShared,
} from '@app/database';
import { canonicalJson, Clock, dayOf, NotFound, normaliseUscc, sha256Hex, type Uscc, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { PortraitReader } from './portrait-reader.service.js';
import { InstitutionNotActive } from './portrait.error.js';
import { type PortraitResponse, toPortraitResponse } from './portrait.response.js';

const readers = ['account-manager', 'institution-admin'] as const;
/** An operator reads to keep the platform right, not for a purpose of lending. */
const duty = 'OPERATOR_DUTY';

type Attempt = ReadAttempt & { uscc: Uscc };

/** Serves portraits: to the enterprise its own, to institutions behind the consent gate, to operators on the record. */
@Injectable()
export class PortraitService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly reader: PortraitReader,
  ) {}

  /** @throws NotFound, ConsentMissing, InstitutionNotActive, IdentityNotProved, WrongRole */
  async read(viewer: Viewer, code: string, purpose: string): Promise<PortraitResponse> {
    const uscc = asUscc(code);
    if (viewer.organisation.kind === 'enterprise') return this.readOwn(viewer, uscc);
    const byDuty = viewer.organisation.kind === 'operator';
    const attempt = this.attempt(viewer, { uscc, act: 'PORTRAIT', purpose: byDuty ? duty : purpose });
    try {
      return await this.db.transaction((tx) =>
        byDuty ? this.readByDuty(tx, attempt) : this.readUnderConsent(tx, viewer, attempt),
      );
    } catch (error) {
      if (error instanceof ReadRefused) await logRefusal(this.db.manager, { ...attempt, code: error.code });
      throw error;
    }
  }

  /** Leaves a trace of what an operator looked at besides portraits. */
  async logDuty(tx: EntityManager, viewer: Viewer, uscc: Uscc, act: string, answer: object): Promise<void> {
    const attempt = this.attempt(viewer, { uscc, act, purpose: duty });
    await logRead(tx, { ...attempt, authorisationId: null, resultHash: sha256Hex(canonicalJson(answer)) });
  }

  private async readOwn(viewer: Viewer, uscc: Uscc): Promise<PortraitResponse> {
    refuseStrangers(viewer, uscc);
    return toPortraitResponse(await this.reader.whole(this.db.manager, uscc));
  }

  private async readByDuty(tx: EntityManager, attempt: Attempt): Promise<PortraitResponse> {
    const answer = toPortraitResponse(await this.reader.whole(tx, attempt.uscc));
    await logRead(tx, { ...attempt, authorisationId: null, resultHash: sha256Hex(canonicalJson(answer)) });
    return answer;
  }

  /** Lock, look at the session, check consent, read, log: one transaction, so that no revocation comes between. */
  private async readUnderConsent(tx: EntityManager, viewer: Viewer, attempt: Attempt): Promise<PortraitResponse> {
    const { uscc, institution, purpose } = attempt;
    await withConsentShared(tx, uscc);
    await refuseInactive(tx, viewer);
    const today = dayOf(attempt.at);
    const consent = await consentFor(tx, { uscc, institution, purpose, today });
    if (!consent.granted && consent.missing !== 'COLLECTION') throw new ConsentMissing(consent.missing);
    const facts = consent.granted
      ? await this.reader.whole(tx, uscc)
      : await this.reader.withoutCollection(tx, uscc, today);
    const answer = toPortraitResponse(facts);
    await logRead(tx, {
      ...attempt,
      authorisationId: consent.authorisationId,
      resultHash: sha256Hex(canonicalJson(answer)),
    });
    return answer;
  }

  private attempt(viewer: Viewer, what: Pick<Attempt, 'uscc' | 'act' | 'purpose'>): Attempt {
    const at = this.clock.now();
    return {
      id: uuidv7(at),
      at,
      ...what,
      organisationId: viewer.organisation.id,
      institution: viewer.organisation.code,
      personId: viewer.personId,
    };
  }
}

/** A code in a path: what cannot be one names nothing. Codes on the allow-list may have a wrong check digit. */
export function asUscc(code: string): Uscc {
  const normalised = normaliseUscc(code);
  if (!/^[0-9A-Z]{18}$/.test(normalised)) throw new NotFound('enterprise');
  return normalised as Uscc;
}

/** Another enterprise's things do not exist for an enterprise, and nothing is shown before it is proved who asks. */
export function refuseStrangers({ organisation }: Viewer, uscc: Uscc): void {
  if (organisation.uscc !== uscc) throw new NotFound('enterprise');
  if (organisation.status !== 'ACTIVE') throw new IdentityNotProved();
}

/** Architecture rule 12: roles and standing as they are now, not as they were a second ago. */
async function refuseInactive(tx: EntityManager, { sessionId }: Viewer): Promise<void> {
  const { viewer } = await liveSession(tx, sessionId);
  if (!hasRole(viewer, ...readers)) throw new WrongRole(readers);
  const { kind, status } = viewer.organisation;
  if (kind !== 'institution' || status !== 'ACTIVE') throw new InstitutionNotActive();
}
