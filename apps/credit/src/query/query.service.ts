import { hasMembership, hasRole, liveSession, type Viewer, WrongRole } from '@app/auth';
import {
  ConsentMissing,
  consentFor,
  logRead,
  logRefusal,
  type ReadAttempt,
  ReadRefused,
  withConsentShared,
} from '@app/database';
import { canonicalJson, Clock, dayOf, sha256Hex, uscc, type Uscc, uuidv7 } from '@app/kernel';
import { type Claim, claimLockSql, claimText, CommandInProgress, IdempotencyKeyReused } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { ReceiptService } from '../receipt/receipt.service.js';
import { toReportResponse } from '../report/report.response.js';
import { ReportService } from '../report/report.service.js';
import type { MakeQueryRequest } from './make-query.request.js';
import { NotAMember } from './query.error.js';
import { type QueryResponse, toQueryResponse } from './query.response.js';

const reportRole = 'account-manager';

/** One wish to read; the claim makes a repeat the same wish. */
interface QueryWish {
  viewer: Viewer;
  request: MakeQueryRequest;
  claim: Claim;
  address: string;
}

interface Ask extends Omit<QueryWish, 'request'> {
  attempt: ReadAttempt & { uscc: Uscc };
}

/**
 * Serves reports behind the consent gate. Not a house command: a stored answer is consent-bound too, so a repeat
 * passes the gate again before it gets the report of the first time.
 */
@Injectable()
export class QueryService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly reports: ReportService,
    private readonly receipts: ReceiptService,
  ) {}

  /** @throws ConsentMissing, NotAMember after logging the refused attempt; WrongRole, IdempotencyKeyReused, CommandInProgress */
  async make({ request, ...wish }: QueryWish): Promise<QueryResponse> {
    const attempt = attemptOf(wish.viewer, request, this.clock.now());
    try {
      return await this.db.transaction((tx) => this.read(tx, { ...wish, attempt }));
    } catch (error) {
      if (error instanceof ReadRefused) await logRefusal(this.db.manager, { ...attempt, code: error.code });
      throw error;
    }
  }

  /** Lock, look at the session, check consent, read, log, sign: one transaction, so that no revocation comes between. */
  private async read(tx: EntityManager, ask: Ask): Promise<QueryResponse> {
    const { attempt } = ask;
    await takeClaim(tx, ask);
    await withConsentShared(tx, attempt.uscc);
    await refuseStrangers(tx, ask.viewer);
    const today = dayOf(attempt.at);
    const { institution, purpose } = attempt;
    const consent = await consentFor(tx, { uscc: attempt.uscc, institution, purpose, today });
    if (!consent.granted) throw new ConsentMissing(consent.missing);
    const stored = await storedAnswer(tx, ask);
    if (stored) return stored;

    const body = await this.reports.compose(tx, attempt.uscc, {
      institution,
      today,
      collection: consent.limbs.collection,
    });
    const { authorisationId } = consent;
    const report = toReportResponse({ ...attempt, queryId: attempt.id, authorisationId }, body);
    const resultHash = sha256Hex(canonicalJson(report));
    await logRead(tx, { ...attempt, authorisationId, resultHash });
    const receipt = await this.receipts.write(tx, 'CREDIT_QUERY', attempt.uscc, attempt.at, {
      queryId: attempt.id,
      uscc: attempt.uscc,
      institution,
      personId: attempt.personId,
      sessionId: ask.viewer.sessionId,
      address: ask.address,
      purpose,
      authorisationId,
      collectionId: consent.collectionId,
      resultHash,
    });
    const answer = toQueryResponse(attempt.id, report, receipt);
    await storeAnswer(tx, ask, answer);
    return answer;
  }
}

const attemptOf = (viewer: Viewer, request: MakeQueryRequest, at: Date): ReadAttempt & { uscc: Uscc } => ({
  id: uuidv7(at),
  at,
  uscc: uscc(request.uscc),
  organisationId: viewer.organisation.id,
  institution: viewer.organisation.code,
  personId: viewer.personId,
  act: 'CREDIT_REPORT',
  purpose: request.purpose,
});

/** Architecture rule 12: roles and membership as they are now, not as they were a second ago. */
async function refuseStrangers(tx: EntityManager, { sessionId }: Viewer): Promise<void> {
  const { viewer } = await liveSession(tx, sessionId);
  if (!hasRole(viewer, reportRole)) throw new WrongRole([reportRole]);
  const { kind, status } = viewer.organisation;
  if (kind !== 'institution' || status !== 'ACTIVE' || !hasMembership(viewer, 'CREDIT')) throw new NotAMember();
}

/** Two requests with one key at once: the second is told to wait, as everywhere in the house. */
async function takeClaim(tx: EntityManager, { claim }: Ask): Promise<void> {
  const [{ locked }] = await tx.query<[{ locked: boolean }]>(`select ${claimLockSql('$1')} as locked`, [
    claimText(claim),
  ]);
  if (!locked) throw new CommandInProgress();
}

async function storedAnswer(tx: EntityManager, { claim }: Ask): Promise<QueryResponse | undefined> {
  const [row]: { fingerprint: string; answer: QueryResponse }[] = await tx.query(
    'select fingerprint, answer from query_answer where person_id = $1 and key = $2',
    [claim.person, claim.key],
  );
  if (row && row.fingerprint !== claim.fingerprint) throw new IdempotencyKeyReused();
  return row?.answer;
}

async function storeAnswer(tx: EntityManager, ask: Ask, answer: QueryResponse): Promise<void> {
  const { attempt, claim } = ask;
  await tx.query(
    `insert into query_answer (person_id, key, fingerprint, query_id, uscc, at, answer)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [claim.person, claim.key, claim.fingerprint, attempt.id, attempt.uscc, attempt.at, JSON.stringify(answer)],
  );
}
