import type { Claimed } from './claim.rules.js';
import type { ClaimState } from './decide-claim.request.js';
import type { Match } from './match.rules.js';

/** What rows without a code say about whom they mean. */
export class ClaimedResponse {
  name: string | null;
  organisationCode: string | null;
  registrationNumber: string | null;
  representative: string | null;
  division: string | null;
  address: string | null;
  account: string | null;
}

export class MatchReasonResponse {
  /** NAME, BRAND, TRADE, REGION, FORM, NUMBERS, BRANCH, FORMER_NAME, WHOLE, ORGANISATION_CODE, REGISTRATION_NUMBER, REPRESENTATIVE, DIVISION, ADDRESS */
  feature: string;
  /** SAME, DIFFERS, and shades between them. */
  outcome: string;
  points: number;
}

/** An enterprise that may be meant, with what the registry says of it beside what the row says. */
export class CandidateResponse {
  uscc: string;
  /** The name it was found under, in comparable form. */
  name: string;
  former: boolean;
  /** 0 to 1000; the sum of the reasons' points within these bounds. */
  score: number;
  reasons: MatchReasonResponse[];
  /** As registered now; null when the registry no longer knows it. */
  registeredName: string | null;
  formerNames: string[];
  representative: string | null;
  division: string | null;
  address: string | null;
}

export class ClaimResponse {
  id: string;
  feed: string;
  state: ClaimState;
  claimed: ClaimedResponse;
  /** The enterprise it is linked to. */
  uscc: string | null;
  /** Of the best candidate, when it was last matched. */
  score: number | null;
  candidates: number;
  /** Rows that say this, over all deliveries. */
  rows: number;
  seenAt: string;
  matchedAt: string | null;
}

export class ClaimPage {
  items: ClaimResponse[];
  nextCursor: string | null;
}

/** What was decided once; nothing is ever taken out of this list. */
export class ClaimDecisionResponse {
  number: number;
  kind: 'MATCHED' | 'DECIDED' | 'NOBODY' | 'UNDONE';
  uscc: string | null;
  score: number | null;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: string;
  /** When its records stood where it says; null: on their way. */
  carriedOutAt: string | null;
  /** The delivery by which they were moved. */
  redeliveryId: string | null;
}

export class ClaimDetailResponse extends ClaimResponse {
  best: CandidateResponse[];
  decisions: ClaimDecisionResponse[];
  /** Settings by which it was matched, by their first day. */
  settingsFrom: string | null;
}

export class ClaimFiguresResponse {
  waiting: number;
  linked: number;
  nobody: number;
  /** Links made without a person. */
  matched: number;
}

export interface ClaimRow {
  id: string;
  feed: string;
  state: ClaimState | 'NEW';
  claimed: Claimed;
  uscc: string | null;
  score: number | null;
  candidates: Match[];
  rows: string;
  seen_at: Date;
  matched_at: Date | null;
  settings_from: string | null;
}

export interface DecisionRow {
  number: number;
  kind: ClaimDecisionResponse['kind'];
  uscc: string | null;
  match: Match | null;
  reason: string | null;
  decided_by: string | null;
  decided_at: Date;
  carried_out_at: Date | null;
  redelivery_id: string | null;
}

export interface RegisteredRow {
  uscc: string;
  names: string[];
  former: boolean[];
  representative: string;
  division: string;
  address: string;
}

const orNull = (text: string): string | null => (text === '' ? null : text);

const toClaimedResponse = (claimed: Claimed): ClaimedResponse => ({
  name: orNull(claimed.name),
  organisationCode: orNull(claimed.organisationCode),
  registrationNumber: orNull(claimed.registrationNumber),
  representative: orNull(claimed.representative),
  division: orNull(claimed.division),
  address: orNull(claimed.address),
  account: orNull(claimed.account),
});

export const toClaimResponse = (row: ClaimRow) =>
  ({
    id: row.id,
    feed: row.feed,
    state: row.state === 'NEW' ? 'WAITING' : row.state,
    claimed: toClaimedResponse(row.claimed),
    uscc: row.uscc,
    score: row.score,
    candidates: row.candidates.length,
    rows: Number(row.rows),
    seenAt: row.seen_at.toISOString(),
    matchedAt: row.matched_at?.toISOString() ?? null,
  }) satisfies ClaimResponse;

export const toCandidateResponse = (match: Match, registered: RegisteredRow | undefined): CandidateResponse => ({
  uscc: match.uscc,
  name: match.name,
  former: match.former,
  score: match.score,
  reasons: match.reasons.map(({ feature, outcome, points }) => ({ feature, outcome, points })),
  registeredName: registered?.names.find((_, at) => registered.former[at] === false) ?? null,
  formerNames: registered?.names.filter((_, at) => registered.former[at]) ?? [],
  representative: orNull(registered?.representative ?? ''),
  division: orNull(registered?.division ?? ''),
  address: orNull(registered?.address ?? ''),
});

export const toDecisionResponse = (row: DecisionRow): ClaimDecisionResponse => ({
  number: row.number,
  kind: row.kind,
  uscc: row.uscc,
  score: row.match?.score ?? null,
  reason: row.reason,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at.toISOString(),
  carriedOutAt: row.carried_out_at?.toISOString() ?? null,
  redeliveryId: row.redelivery_id,
});
