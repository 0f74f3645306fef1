import { type GrabStatus, grabStatuses } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import { AttachmentResponse } from '../attachment/attachment.response.js';
import { PauseResponse } from '../clock/pause.response.js';
import type { Contact } from '../contact/contact.entity.js';
import { type ContactMethod, contactMethods, type Deadline, type NextAct } from '../grab/case.rules.js';
import type { Grab } from '../grab/grab.entity.js';
import { EndingResponse, FeedbackResponse, toEndingResponse } from '../outcome/outcome.response.js';
import { VisitResponse } from '../visit/visit.response.js';

const nextActs: NextAct[] = ['CONTACT', 'EVIDENCE', 'OFFER', 'ACCEPTANCE', 'DISBURSEMENT'];

/** A contact: that it was, for both sides; what was said, for the bank and the operator alone. */
export class ContactOfCaseResponse {
  id: string;
  @ApiProperty({ enum: contactMethods })
  method: ContactMethod;
  happenedAt: string;
  recordedAt: string;
  @ApiProperty({ type: 'integer', nullable: true })
  durationMinutes: number | null;
  first: boolean;
  note: string | null;
  attachmentIds: string[];
}

/** Who answers for the bank. */
export class ResponderResponse {
  id: string;
  name: string;
}

/** How far a case is, alike for its bank and its enterprise; only what banks write for themselves is left out for the latter. */
export class ProgressResponse {
  id: string;
  needId: string;
  institution: string;
  @ApiProperty({ enum: grabStatuses })
  status: GrabStatus;
  /** Who has the case now. */
  manager: ResponderResponse;
  /** 首问负责: who recorded the first contact. */
  @ApiProperty({ type: ResponderResponse, nullable: true })
  firstResponder: ResponderResponse | null;
  /** From the grab to the first contact. */
  @ApiProperty({ type: 'integer', nullable: true })
  firstContactMinutes: number | null;
  /** The next deadline, with pauses in it; null when the case has ended. */
  deadline: string | null;
  @ApiProperty({ enum: nextActs, nullable: true })
  nextAct: NextAct | null;
  /** Working-day clocks stand still now. */
  paused: boolean;
  pauses: PauseResponse[];
  contacts: ContactOfCaseResponse[];
  visits: VisitResponse[];
  /** Empty for the enterprise. */
  attachments: AttachmentResponse[];
  /** Why it ended and what can be done, in plain words. */
  @ApiProperty({ type: EndingResponse, nullable: true })
  ending: EndingResponse | null;
  @ApiProperty({ type: FeedbackResponse, nullable: true })
  feedback: FeedbackResponse | null;
}

export const toContactOfCaseResponse = (contact: Contact, withContent: boolean): ContactOfCaseResponse => ({
  id: contact.id,
  method: contact.method,
  happenedAt: contact.happenedAt.toISOString(),
  recordedAt: contact.recordedAt.toISOString(),
  durationMinutes: contact.durationMinutes,
  first: contact.first,
  note: withContent ? contact.note : null,
  attachmentIds: withContent ? contact.attachmentIds : [],
});

type Rows = Pick<ProgressResponse, 'pauses' | 'contacts' | 'visits' | 'attachments' | 'feedback' | 'paused'>;

interface Known {
  grab: Grab;
  deadline: Deadline | null;
  names: ReadonlyMap<string, string>;
}

export const toProgressResponse = ({ grab, deadline, names }: Known, rows: Rows): ProgressResponse => ({
  id: grab.id,
  needId: grab.needId,
  institution: grab.institutionName,
  status: grab.status,
  manager: personOf(grab.managerId, names),
  firstResponder: grab.firstResponderId === null ? null : personOf(grab.firstResponderId, names),
  firstContactMinutes: minutesBetween(grab.grabbedAt, grab.contactedAt),
  deadline: deadline?.at.toISOString() ?? null,
  nextAct: deadline?.act ?? null,
  ending: toEndingResponse(grab),
  ...rows,
});

const personOf = (id: string, names: ReadonlyMap<string, string>): ResponderResponse => ({
  id,
  name: names.get(id) ?? '',
});

/** Whole minutes from one instant to another; null while the second has not come. */
export const minutesBetween = (from: Date, to: Date | null): number | null =>
  to && Math.floor((to.getTime() - from.getTime()) / 60_000);
