import { feedbackGiven } from '@app/contracts';
import { uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { CaseAccess } from '../case/case-access.service.js';
import { caseOf } from '../case/case.event.js';
import { isOpenGrab } from '../need/need.rules.js';
import { maskForStrangers } from '../need/purpose-mask.driver.js';
import { Feedback } from './feedback.entity.js';
import type { GiveFeedbackRequest } from './give-feedback.request.js';
import { RatedAlready, StillRunning } from './outcome.error.js';
import { type FeedbackResponse, toFeedbackResponse } from './outcome.response.js';

/** Stars for a bank, once for each case, after it has ended. */
@Injectable()
export class FeedbackService {
  constructor(
    private readonly access: CaseAccess,
    private readonly audit: AuditTrail,
  ) {}

  async give(command: Command, grabId: string, { stars, text }: GiveFeedbackRequest): Promise<FeedbackResponse> {
    const { tx, viewer, now } = command;
    const { file, grab } = await this.access.open(command, grabId);
    if (isOpenGrab(grab.status)) throw new StillRunning();
    const { id: needId } = file.need;
    if (await tx.existsBy(Feedback, { needId, grabId })) throw new RatedAlready();
    const feedback: Feedback = {
      needId,
      id: uuidv7(now),
      grabId,
      institutionId: grab.institutionId,
      stars,
      text: text ? maskForStrangers(text.trim()) : null,
      givenBy: viewer.personId,
      givenAt: now,
    };
    await tx.insert(Feedback, feedback);
    const act = { rootId: needId, subject: 'grab' as const, subjectId: grabId, act: 'RATED', detail: { stars } };
    await this.audit.record(tx, [act], actorOf(viewer), now);
    await addToOutbox(tx, feedbackGiven, { ...caseOf(file.need, grab), feedbackId: feedback.id, stars }, now);
    return toFeedbackResponse(feedback);
  }
}
