import type { Viewer } from '@app/auth';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';

import { Attachment } from '../attachment/attachment.entity.js';
import { toAttachmentResponse } from '../attachment/attachment.response.js';
import { CaseAccess } from '../case/case-access.service.js';
import { CasePause } from '../clock/case-pause.entity.js';
import { toPauseResponse } from '../clock/pause.response.js';
import { isRunning } from '../clock/pause.rules.js';
import { Contact } from '../contact/contact.entity.js';
import { deadlineOf } from '../grab/case.rules.js';
import type { Grab } from '../grab/grab.entity.js';
import { isOpenGrab } from '../need/need.rules.js';
import { Offer } from '../offer/offer.entity.js';
import { Feedback } from '../outcome/feedback.entity.js';
import { toFeedbackResponse } from '../outcome/outcome.response.js';
import { Visit } from '../visit/visit.entity.js';
import { toVisitResponse } from '../visit/visit.response.js';
import { type ProgressResponse, toContactOfCaseResponse, toProgressResponse } from './progress.response.js';

const namesSql = 'select id, display_name as name from identity_api.person_v1 where id = any($1::uuid[])';

/** How far a case is, for either side. */
@Injectable()
export class ProgressService {
  constructor(private readonly access: CaseAccess) {}

  /** @throws GrabNotFound */
  async of(db: EntityManager, viewer: Viewer, grabId: string, now: Date): Promise<ProgressResponse> {
    const { grab, side } = await this.access.find(db, viewer, grabId);
    const withContent = side !== 'ENTERPRISE';
    const where = { needId: grab.needId, grabId };
    const inOrder = { where, order: { id: 'ASC' } as const };
    const pauses = await db.find(CasePause, inOrder);
    const contacts = await db.find(Contact, inOrder);
    const visits = await db.find(Visit, inOrder);
    const attachments = withContent ? await db.find(Attachment, inOrder) : [];
    const feedback = await db.findOneBy(Feedback, where);
    const offer = await db.findOneBy(Offer, { ...where, status: In(['OPEN', 'ACCEPTED']) });
    const known = { grab, deadline: deadlineOf(grab, offer?.validTo ?? null), names: await namesOf(db, grab) };
    return toProgressResponse(known, {
      paused: isOpenGrab(grab.status) && pauses.some((pause) => isRunning(pause, now)),
      pauses: pauses.map(toPauseResponse),
      contacts: contacts.map((contact) => toContactOfCaseResponse(contact, withContent)),
      visits: visits.map((visit) => toVisitResponse(visit, withContent)),
      attachments: attachments.map(toAttachmentResponse),
      feedback: feedback && toFeedbackResponse(feedback),
    });
  }
}

/** The names that the bank's people are known by. */
async function namesOf(db: EntityManager, grab: Grab): Promise<Map<string, string>> {
  const ids = [grab.managerId, grab.firstResponderId].filter((id) => id !== null);
  const people: { id: string; name: string }[] = await db.query(namesSql, [ids]);
  return new Map(people.map(({ id, name }) => [id, name]));
}
