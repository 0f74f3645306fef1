import type { Viewer } from '@app/auth';
import type { NeedStatus } from '@app/contracts';
import type { Day, Fen, Uscc } from '@app/kernel';
import type { Claim } from '@app/service';

import type { ApprovedValue } from '../limit/limit.rules.js';

/** One grab on its way through the lane. */
export interface LaneAsk {
  claim: Claim;
  fingerprint: string;
  viewer: Viewer;
  needId: string;
  intendedFen: Fen;
  /** The acting instant and correlation of this request: a batch has many. */
  now: Date;
  correlationId: string;
}

/** The same as the decision sees it. */
export interface GrabRequest {
  /** Person, route and idempotency key in one text. */
  claim: string;
  route: string;
  key: string;
  /** Hash of path and body: the same key with another one is refused. */
  fingerprint: string;
  /** Id of the grab, should it be granted. */
  grabId: string;
  needId: string;
  sessionId: string;
  institutionId: string;
  institutionCode: string;
  institutionName: string;
  managerId: string;
  intendedFen: Fen;
  now: Date;
}

/** A need as it is under the lane's lock. */
export interface LockedNeed {
  id: string;
  uscc: Uscc;
  enterpriseName: string;
  contactName: string;
  contactPhone: string;
  amountFen: Fen;
  termMonths: number;
  security: string;
  status: NeedStatus;
  taken: number;
  intendedFen: Fen;
  publishedAt: Date | null;
  closesAt: Date | null;
  suspendedAt: Date | null;
  nextDue: Date | null;
  district: string | null;
  industry2: string | null;
  tier: string | null;
  scoreBand: string | null;
  modelVersion: string | null;
  /** Institutions of this batch that hold or ever held a place of it: one that left may not come back. */
  heldBy: Set<string>;
}

/** Counter of a bank or of a manager. */
export interface LockedCounter {
  id: string;
  openGrabs: number;
  day: Day | null;
  dayGrabs: number;
  /** Of banks only: no grab until then, after too many lapses. */
  suspendedUntil: Date | null;
}

/** Who a session stands for at this moment. */
export interface Caller {
  managerId: string;
  institutionId: string;
  isManager: boolean;
  isMember: boolean;
}

export type Consent =
  | { granted: true; authorisationId: string }
  | { granted: false; code: 'NEED_CLOSED' | 'INSTITUTION_NOT_COVERED' };

export type RefusalCode =
  | 'KEY_REUSED'
  | 'IN_PROGRESS'
  | 'NOT_SIGNED_IN'
  | 'WRONG_ROLE'
  | 'NOT_A_MEMBER'
  | 'COOLING_DOWN'
  | 'NEED_NOT_FOUND'
  | 'NEED_CLOSED'
  | 'INSTITUTION_NOT_COVERED'
  | 'INTENDED_TOO_MUCH'
  | 'NEED_FULL'
  | 'AMOUNT_EXHAUSTED'
  | 'ALREADY_GRABBED'
  | 'INSTITUTION_LIMIT'
  | 'MANAGER_LIMIT';

export interface Refusal {
  code: RefusalCode;
  limit?: number;
  daily?: boolean;
  until?: Date;
}

/** Everything that a decision rests on, locked and read in one trip. */
export interface LaneState {
  needs: ReadonlyMap<string, LockedNeed>;
  institutions: ReadonlyMap<string, LockedCounter>;
  managers: ReadonlyMap<string, LockedCounter>;
  /** By session id; ended sessions are absent. */
  callers: ReadonlyMap<string, Caller>;
  /** Answers given before, by claim. */
  answers: ReadonlyMap<string, { fingerprint: string; answer: unknown }>;
  /** Claims that another process is working on. */
  busy: ReadonlySet<string>;
  limits: readonly ApprovedValue[];
  /** What the enterprise's authorisations say of this bank today. */
  consentOf: (request: GrabRequest) => Consent;
}
