import type { Viewer } from '@app/auth';
import { complaintChanged } from '@app/contracts';
import { chineseCalendar, dayOf, must, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, idCursor, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, In, LessThan } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { CaseAccess } from '../case/case-access.service.js';
import { caseOf } from '../case/case.event.js';
import { LimitService } from '../limit/limit.service.js';
import { maskForStrangers } from '../need/purpose-mask.driver.js';
import { Complaint } from './complaint.entity.js';
import type {
  AnswerComplaintRequest,
  CloseComplaintRequest,
  FileComplaintRequest,
  ListComplaintsQuery,
} from './file-complaint.request.js';
import { AnswerAwaited, ComplaintNotFound, ComplaintPending, ComplaintState } from './outcome.error.js';
import { type ComplaintPage, type ComplaintResponse, toComplaintResponse } from './outcome.response.js';
import { complaintMoves, type ComplaintStatus, mayClose } from './outcome.rules.js';

const masked = (text: string): string => maskForStrangers(text.trim());

/** The one way to complain: the enterprise files, the bank's admin answers, an operator closes. */
@Injectable()
export class ComplaintService {
  constructor(
    private readonly access: CaseAccess,
    private readonly audit: AuditTrail,
    private readonly limits: LimitService,
  ) {}

  /** Newest first: an enterprise's own, those about a bank, or all for the operator. */
  async list(db: EntityManager, viewer: Viewer, query: ListComplaintsQuery): Promise<ComplaintPage> {
    const { limit = 50, cursor, status } = query;
    const after = idCursor(cursor);
    const complaints = await db.find(Complaint, {
      where: { ...ownOf(viewer), ...(status && { status }), ...(after !== null && { id: LessThan(after) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(complaints, limit, toComplaintResponse, ({ id }) => [id]);
  }

  /** During a case or after it; one at a time. */
  async file(command: Command, grabId: string, { category, text }: FileComplaintRequest): Promise<ComplaintResponse> {
    const { tx, viewer, now } = command;
    const { file, grab } = await this.access.open(command, grabId);
    const { id: needId } = file.need;
    if (await tx.existsBy(Complaint, { needId, grabId, status: In(['OPEN', 'ANSWERED']) }))
      throw new ComplaintPending();
    const { complaintAnswerWorkdays } = await this.limits.policyAt(tx, now);
    const complaint: Complaint = {
      needId,
      id: uuidv7(now),
      grabId,
      institutionId: grab.institutionId,
      organisationId: viewer.organisation.id,
      category,
      text: masked(text),
      status: 'OPEN',
      filedBy: viewer.personId,
      filedAt: now,
      answerBy: chineseCalendar.deadline(dayOf(now), complaintAnswerWorkdays),
      ...unanswered,
    };
    await tx.insert(Complaint, complaint);
    return this.tell(command, complaint, null);
  }

  async answer(command: Command, id: string, { answer }: AnswerComplaintRequest): Promise<ComplaintResponse> {
    const { viewer, now } = command;
    const complaint = await this.openOwn(command, id);
    return this.move(command, complaint, {
      status: 'ANSWERED',
      answer: masked(answer),
      answeredBy: viewer.personId,
      answeredAt: now,
    });
  }

  async close(command: Command, id: string, { upheld, note }: CloseComplaintRequest): Promise<ComplaintResponse> {
    const { viewer, now } = command;
    const complaint = await this.openOwn(command, id);
    if (complaint.status === 'OPEN' && !mayClose(complaint, now)) throw new AnswerAwaited(complaint.answerBy);
    return this.move(command, complaint, {
      status: 'CLOSED',
      upheld,
      closingNote: masked(note),
      closedBy: viewer.personId,
      closedAt: now,
    });
  }

  private async openOwn({ tx, viewer }: Command, id: string): Promise<Complaint> {
    const complaint = await tx.findOne(Complaint, {
      where: { id, ...ownOf(viewer) },
      lock: { mode: 'for_no_key_update' },
    });
    if (!complaint) throw new ComplaintNotFound();
    return complaint;
  }

  private async move(
    command: Command,
    complaint: Complaint,
    patch: Partial<Complaint> & { status: ComplaintStatus },
  ): Promise<ComplaintResponse> {
    const from = complaint.status;
    if (!complaintMoves[from].includes(patch.status)) throw new ComplaintState(from);
    await command.tx.update(Complaint, { needId: complaint.needId, id: complaint.id }, patch);
    return this.tell(command, Object.assign(complaint, patch), from);
  }

  private async tell(command: Command, complaint: Complaint, from: ComplaintStatus | null): Promise<ComplaintResponse> {
    const { tx, viewer, now } = command;
    const { id: complaintId, grabId, needId, category, upheld } = complaint;
    const { need, grab } = must(await this.access.ofGrab(tx, grabId), 'a complaint is about a case');
    const to = complaint.status;
    const said = { complaintId, category, from, to, upheld };
    const act = { rootId: needId, subject: 'grab' as const, subjectId: grabId, act: `COMPLAINT_${to}`, detail: said };
    await this.audit.record(tx, [act], actorOf(viewer), now);
    const answerBy = complaint.answerBy.toISOString();
    await addToOutbox(tx, complaintChanged, { ...caseOf(need, grab), ...said, answerBy }, now);
    return toComplaintResponse(complaint);
  }
}

const unanswered = {
  answer: null,
  answeredBy: null,
  answeredAt: null,
  upheld: null,
  closingNote: null,
  closedBy: null,
  closedAt: null,
};

/** Which complaints somebody may know of. */
function ownOf({ organisation }: Viewer): FindOptionsWhere<Complaint> {
  if (organisation.kind === 'operator') return {};
  return organisation.kind === 'institution' ? { institutionId: organisation.id } : { organisationId: organisation.id };
}
