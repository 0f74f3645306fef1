import { type GrabStatus, grabStatuses } from '@app/contracts';
import { chineseCalendar } from '@app/kernel';
import { ApiProperty } from '@nestjs/swagger';

import type { AuditEntry } from '../audit/audit.entity.js';
import { isProvisional } from '../clock/calendar.rules.js';
import { deadlineOf, type NextAct } from '../grab/case.rules.js';
import type { Grab } from '../grab/grab.entity.js';
import { ContactOfGrab, EnterpriseOfGrab } from '../grab/grab.response.js';
import type { Need } from '../need/need.entity.js';
import { isOpenGrab, securities, type Security } from '../need/need.rules.js';
import type { Disbursement } from '../offer/disbursement.entity.js';
import { DisbursementResponse, toDisbursementResponse } from '../offer/disbursement.response.js';
import type { Offer } from '../offer/offer.entity.js';
import { OfferResponse } from '../offer/offer.response.js';
import { minutesBetween } from '../progress/progress.response.js';

const nextActs: NextAct[] = ['CONTACT', 'EVIDENCE', 'OFFER', 'ACCEPTANCE', 'DISBURSEMENT'];

/** A case as the bank sees it. A bank that gave its place up no longer sees who it was about. */
export class CaseResponse {
  id: string;
  needId: string;
  @ApiProperty({ enum: grabStatuses })
  status: GrabStatus;
  @ApiProperty({ type: EnterpriseOfGrab, nullable: true })
  enterprise: EnterpriseOfGrab | null;
  @ApiProperty({ type: ContactOfGrab, nullable: true })
  contact: ContactOfGrab | null;
  /** What the enterprise needs: whole fen. */
  amountFen: string;
  /** What this bank intends: whole fen. */
  intendedFen: string;
  termMonths: number;
  /** Word for word for those who hold the place. */
  purpose: string;
  @ApiProperty({ enum: securities })
  security: Security;
  annualRateBpMax: number | null;
  managerId: string;
  /** 首问负责: who recorded the first contact, whoever has the case now. */
  firstResponderId: string | null;
  grabbedAt: string;
  contactBy: string;
  contactedAt: string | null;
  /** From the grab to the first contact. */
  @ApiProperty({ type: 'integer', nullable: true })
  firstContactMinutes: number | null;
  decideBy: string;
  /** The next deadline; null when the case has ended. */
  deadline: string | null;
  /** What has to happen by then. */
  @ApiProperty({ enum: nextActs, nullable: true })
  nextAct: NextAct | null;
  /** A deadline of an open case lies in a year whose holidays are not announced: only its weekends are counted so far. */
  deadlinesProvisional: boolean;
  endedAt: string | null;
  endedReason: string | null;
  /** The limits under which the place was granted. */
  limitVersion: number;
}

export class TimelineEntry {
  at: string;
  act: string;
  from: string | null;
  to: string | null;
  /** null: the service itself, as when a deadline passes. */
  personId: string | null;
  detail: object;
}

export class CaseDetailResponse extends CaseResponse {
  offers: OfferResponse[];
  disbursements: DisbursementResponse[];
  timeline: TimelineEntry[];
}

/** The load of the viewer and of the institution against the limits; null where there is none. */
export class LoadResponse {
  openOfManager: number;
  @ApiProperty({ type: 'integer', nullable: true })
  maxOfManager: number | null;
  openOfInstitution: number;
  @ApiProperty({ type: 'integer', nullable: true })
  maxOfInstitution: number | null;
}

/** A colleague who may hold cases. */
export class TeamMember {
  id: string;
  name: string;
  @ApiProperty({ type: 'integer' })
  open: number;
}

/** Open cases of every account manager of the institution; `max` is null where there is no limit. */
export class TeamResponse {
  items: TeamMember[];
  @ApiProperty({ type: 'integer', nullable: true })
  max: number | null;
}

export class CasePage {
  items: CaseResponse[];
  nextCursor: string | null;
  load: LoadResponse;
}

export function toCaseResponse(need: Need, grab: Grab, offer: Pick<Offer, 'validTo'> | undefined): CaseResponse {
  const deadline = deadlineOf(grab, offer?.validTo ?? null);
  return {
    ...openedOf(need, grab),
    id: grab.id,
    needId: need.id,
    status: grab.status,
    amountFen: String(need.amountFen),
    intendedFen: String(grab.intendedFen),
    termMonths: need.termMonths,
    security: need.security,
    annualRateBpMax: need.annualRateBpMax,
    managerId: grab.managerId,
    firstResponderId: grab.firstResponderId,
    grabbedAt: grab.grabbedAt.toISOString(),
    contactBy: grab.contactBy.toISOString(),
    contactedAt: instant(grab.contactedAt),
    firstContactMinutes: minutesBetween(grab.grabbedAt, grab.contactedAt),
    decideBy: grab.decideBy.toISOString(),
    deadline: instant(deadline?.at ?? null),
    nextAct: deadline?.act ?? null,
    deadlinesProvisional: isOpenGrab(grab.status) && isProvisional(chineseCalendar, grab.decideBy),
    endedAt: instant(grab.endedAt),
    endedReason: grab.endedReason,
    limitVersion: grab.limitVersion,
  };
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

/** What only those see who hold the place, or lent. */
function openedOf(need: Need, { status }: Grab): Pick<CaseResponse, 'enterprise' | 'contact' | 'purpose'> {
  if (!isOpenGrab(status) && status !== 'DISBURSED')
    return { enterprise: null, contact: null, purpose: need.shownPurpose };
  return {
    enterprise: { uscc: need.uscc, name: need.enterpriseName },
    contact: { name: need.contactName, phone: need.contactPhone },
    purpose: need.purpose,
  };
}

const toTimelineEntry = ({ at, act, fromStatus, toStatus, personId, detail }: AuditEntry): TimelineEntry => ({
  at: at.toISOString(),
  act,
  from: fromStatus,
  to: toStatus,
  personId,
  detail,
});

export const toCaseDetailResponse = (
  shown: CaseResponse,
  offers: OfferResponse[],
  paid: Disbursement[],
  timeline: AuditEntry[],
): CaseDetailResponse =>
  Object.assign(shown, {
    offers,
    disbursements: paid.map(toDisbursementResponse),
    timeline: timeline.map(toTimelineEntry),
  });
