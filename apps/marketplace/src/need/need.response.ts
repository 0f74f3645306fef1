import { type GrabStatus, grabStatuses, type NeedStatus, needStatuses } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import type { Grab } from '../grab/grab.entity.js';
import { type Policy, placesOf } from '../limit/limit.rules.js';
import { EndingResponse, toEndingResponse } from '../outcome/outcome.response.js';
import type { Need } from './need.entity.js';
import { type FirstLook, firstLooks, isOnBoard, securities, type Security } from './need.rules.js';

export class ContactResponse {
  name: string;
  phone: string;
}

/** A need as its own enterprise sees it. */
export class NeedResponse {
  id: string;
  @ApiProperty({ enum: needStatuses })
  status: NeedStatus;
  /** Whole fen. */
  amountFen: string;
  termMonths: number;
  purpose: string;
  /** The purpose word for word as leads show it. */
  shownPurpose: string;
  @ApiProperty({ enum: securities })
  security: Security;
  annualRateBpMax: number | null;
  contact: ContactResponse;
  severalLenders: boolean;
  /** Banks that hold a place now. */
  placesTaken: number;
  /** Places still free; 0 when it is not open, null when banks are not limited. */
  @ApiProperty({ type: 'integer', nullable: true })
  placesLeft: number | null;
  district: string | null;
  /** Two digits of GB/T 4754. */
  industry: string | null;
  tier: string | null;
  scoreBand: string | null;
  modelVersion: string | null;
  createdAt: string;
  publishedAt: string | null;
  closesAt: string | null;
  /** Off the board since, because no authorisation carries it; running cases go on. */
  suspendedAt: string | null;
  /** The next deadline of the need or of one of its cases. */
  nextDeadline: string | null;
  endedAt: string | null;
  endedReason: string | null;
  /** The need that this one repeats, and the one that repeats it. */
  previousId: string | null;
  nextId: string | null;
  /** Counts the repetitions of one need, from 1. */
  version: number;
  productId: string | null;
  /** Why one bank looks first: it was named, it is the main bank, or it is its product. */
  @ApiProperty({ enum: firstLooks, nullable: true })
  firstLook: FirstLook | null;
  /** Code of that bank. */
  firstLookInstitution: string | null;
  exclusiveUntil: string | null;
  fairWindow: boolean;
  /** Until then banks enter sealed; a draw decides. How many entered, nobody knows before. */
  sealedUntil: string | null;
  drawnAt: string | null;
  /** Banks in line for a place. */
  waiting: number;
}

/** A bank's case as the enterprise sees it. */
export class GrabOfNeedResponse {
  id: string;
  institution: string;
  @ApiProperty({ enum: grabStatuses })
  status: GrabStatus;
  /** Whole fen. */
  intendedFen: string;
  grabbedAt: string;
  contactBy: string;
  contactedAt: string | null;
  endedAt: string | null;
  endedReason: string | null;
  /** Why it ended and what can be done now, in plain words. */
  @ApiProperty({ type: EndingResponse, nullable: true })
  ending: EndingResponse | null;
}

export class NeedDetailResponse extends NeedResponse {
  /** The banks that took a place, in the order in which they came. */
  grabs: GrabOfNeedResponse[];
}

export class NeedPage {
  items: NeedResponse[];
  nextCursor: string | null;
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

export function placesLeftOf(need: Need, policy: Policy, now: Date): number | null {
  const open = isOnBoard(need.status) && !need.suspendedAt && need.closesAt !== null && need.closesAt >= now;
  if (!open) return 0;
  const places = placesOf(policy);
  return places === null ? null : Math.max(0, places - need.taken - need.waiting);
}

export const toNeedResponse = (need: Need, policy: Policy, now: Date): NeedResponse => ({
  id: need.id,
  status: need.status,
  amountFen: String(need.amountFen),
  termMonths: need.termMonths,
  purpose: need.purpose,
  shownPurpose: need.shownPurpose,
  security: need.security,
  annualRateBpMax: need.annualRateBpMax,
  contact: { name: need.contactName, phone: need.contactPhone },
  severalLenders: need.severalLenders,
  placesTaken: need.taken,
  placesLeft: placesLeftOf(need, policy, now),
  district: need.district,
  industry: need.industry2,
  tier: need.tier,
  scoreBand: need.scoreBand,
  modelVersion: need.modelVersion,
  createdAt: need.createdAt.toISOString(),
  publishedAt: instant(need.publishedAt),
  closesAt: instant(need.closesAt),
  suspendedAt: instant(need.suspendedAt),
  nextDeadline: instant(need.nextDue),
  endedAt: instant(need.endedAt),
  endedReason: need.endedReason,
  previousId: need.previousId,
  nextId: need.nextId,
  version: need.version,
  productId: need.productId,
  firstLook: need.firstLook,
  firstLookInstitution: need.exclusiveInstitutionCode,
  exclusiveUntil: instant(need.exclusiveUntil),
  fairWindow: need.fairWindow,
  sealedUntil: instant(need.sealedUntil),
  drawnAt: instant(need.drawnAt),
  waiting: need.waiting,
});

export const toGrabOfNeedResponse = (grab: Grab): GrabOfNeedResponse => ({
  id: grab.id,
  institution: grab.institutionName,
  status: grab.status,
  intendedFen: String(grab.intendedFen),
  grabbedAt: grab.grabbedAt.toISOString(),
  contactBy: grab.contactBy.toISOString(),
  contactedAt: instant(grab.contactedAt),
  endedAt: instant(grab.endedAt),
  endedReason: grab.endedReason,
  ending: toEndingResponse(grab),
});
