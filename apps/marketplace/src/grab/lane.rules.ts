import type { Viewer } from '@app/auth';
import type { NeedStatus } from '@app/contracts';
import type { Day, Fen, Uscc } from '@app/kernel';
import type { Claim } from '@app/service';

import type { LimitBook } from '../limit/limit-book.rules.js';
import type { ApprovedValue } from '../limit/limit.rules.js';

/** One grab on its way through the lane. */
export interface LaneAsk {
  claim: Claim;
  fingerprint: string;
  viewer: Viewer;
  needId: string;
  intendedFen: Fen;
  /** The limits that the bank has read; refused when others are in force by now. */
  limitVersion?: number | undefined;
  /** The acting instant and correlation of this request: a batch has many. */
  now: Date;
  correlationId: string;
}

/** How a bank comes to a place: it reaches for it, it has drawn it, or its turn in the line has come. */
export type Via = 'GRAB' | 'DRAW' | 'LINE';

/** The same as the decision sees it. */
export interface GrabRequest {
  via: Via;
  /** Person, route and idempotency key in one text. */
  claim: string;
  route: string;
  key: string;
  /** Hash of path and body: the same key with another one is refused. */
  fingerprint: string;
  /** Id of the grab, or of the sealed entry, should it be granted. */
  grabId: string;
  needId: string;
  /** Of a draw or a turn, which nobody sends, the id of the manager. */
  sessionId: string;
  institutionId: string;
  institutionCode: string;
  institutionName: string;
  managerId: string;
  intendedFen: Fen;
  limitVersion?: number | undefined;
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
  productId: string | null;
  /** Who may look at it alone, until when. */
  exclusiveInstitutionId: string | null;
  exclusiveUntil: Date | null;
  /** Until then grabs are taken as sealed entries; a draw decides on them afterwards. */
  sealedUntil: Date | null;
  drawnAt: Date | null;
  /** Published before the draw: the hash of the secret that goes into it. */
  commitment: string | null;
  /** Banks in line: so many free places are theirs. */
  waiting: number;
  /** Institutions of this batch that hold or ever held a place of it: one that left may not come back. */
  heldBy: Set<string>;
  /** Institutions of this batch with a sealed entry, or in line. */
  queuedBy: Set<string>;
}

/** Counter of a bank or of a manager. */
export interface LockedCounter {
  id: string;
  openGrabs: number;
  day: Day | null;
  dayGrabs: number;
  /** Of banks only: no grab until then, after too many lapses. */
  suspendedUntil: Date | null;
  /** Of banks only: the grade of its service; null while it has none. */
  grade: string | null;
  /** Of banks in a draw only: places that it has drawn today. */
  drawnToday: number;
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
  | 'CLOCK_SKEW'
  | 'EXCLUSIVE_WINDOW'
  | 'INSTITUTION_NOT_COVERED'
  | 'STALE_LIMITS'
  | 'INTENDED_ABOVE_BAND'
  | 'INTENDED_TOO_MUCH'
  | 'HOUSEHOLD_LIMIT'
  | 'DRAW_PENDING'
  | 'NEED_FULL'
  | 'AMOUNT_EXHAUSTED'
  | 'ALREADY_GRABBED'
  | 'ALREADY_QUEUED'
  | 'INSTITUTION_LIMIT'
  | 'MANAGER_LIMIT'
  | 'DRAW_QUOTA';

export interface Refusal {
  code: RefusalCode;
  limit?: number;
  daily?: boolean;
  until?: Date;
  /** The limits in force, for who came with others. */
  version?: number;
  /** The change of a limit that refused: the market's own value or an override. */
  applied?: ApprovedValue | undefined;
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
  limits: LimitBook;
  /** What the enterprise's authorisations say of this bank today. */
  consentOf: (request: GrabRequest) => Consent;
}
