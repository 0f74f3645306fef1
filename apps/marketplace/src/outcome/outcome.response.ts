import { ApiProperty } from '@nestjs/swagger';

import type { Complaint } from './complaint.entity.js';
import { endingTextOf } from './ending.rules.js';
import type { Feedback } from './feedback.entity.js';
import {
  complaintCategories,
  type ComplaintCategory,
  complaintStatuses,
  type ComplaintStatus,
} from './outcome.rules.js';

/** A sentence in both languages of the portal. */
export class BilingualResponse {
  zh: string;
  en: string;
}

/** Why a case ended, in plain words. */
export class EndingResponse {
  code: string;
  said: BilingualResponse;
  /** What the enterprise can do now. */
  next: BilingualResponse;
  /** The bank's own words, without names and numbers. */
  text: string | null;
}

export class FeedbackResponse {
  id: string;
  grabId: string;
  stars: number;
  text: string | null;
  givenAt: string;
}

export class ComplaintResponse {
  id: string;
  needId: string;
  grabId: string;
  /** The bank that it is about. */
  institutionId: string;
  @ApiProperty({ enum: complaintCategories })
  category: ComplaintCategory;
  text: string;
  @ApiProperty({ enum: complaintStatuses })
  status: ComplaintStatus;
  filedAt: string;
  /** The bank may answer until then. */
  answerBy: string;
  answer: string | null;
  answeredAt: string | null;
  /** Of a closed one: whether it was justified. */
  @ApiProperty({ type: 'boolean', nullable: true })
  upheld: boolean | null;
  closingNote: string | null;
  closedAt: string | null;
}

export class ComplaintPage {
  items: ComplaintResponse[];
  nextCursor: string | null;
}

export function toEndingResponse(ended: {
  endedReason: string | null;
  endedText: string | null;
}): EndingResponse | null {
  const text = endingTextOf(ended.endedReason);
  return text && { code: ended.endedReason!, ...text, text: ended.endedText };
}

export const toFeedbackResponse = (feedback: Feedback): FeedbackResponse => ({
  id: feedback.id,
  grabId: feedback.grabId,
  stars: feedback.stars,
  text: feedback.text,
  givenAt: feedback.givenAt.toISOString(),
});

export const toComplaintResponse = (complaint: Complaint): ComplaintResponse => ({
  id: complaint.id,
  needId: complaint.needId,
  grabId: complaint.grabId,
  institutionId: complaint.institutionId,
  category: complaint.category,
  text: complaint.text,
  status: complaint.status,
  filedAt: complaint.filedAt.toISOString(),
  answerBy: complaint.answerBy.toISOString(),
  answer: complaint.answer,
  answeredAt: complaint.answeredAt?.toISOString() ?? null,
  upheld: complaint.upheld,
  closingNote: complaint.closingNote,
  closedAt: complaint.closedAt?.toISOString() ?? null,
});
