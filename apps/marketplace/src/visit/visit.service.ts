import { visitChanged } from '@app/contracts';
import { InvalidInput, uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { caseOf } from '../case/case.event.js';
import { CaseService, type OpenedCase } from '../case/case.service.js';
import { ContactService, statedTime } from '../contact/contact.service.js';
import { ContactFirst, WrongState } from '../grab/grab.error.js';
import { isOpenGrab } from '../need/need.rules.js';
import type { PlanVisitRequest } from './plan-visit.request.js';
import type { CancelVisitRequest, ReportVisitRequest } from './report-visit.request.js';
import { Visit, type VisitStatus } from './visit.entity.js';
import { VisitNotFound, VisitOver, VisitPlanned } from './visit.error.js';
import { toVisitResponse, type VisitResponse } from './visit.response.js';

/** Nobody plans a visit further ahead than a case can run. */
const aheadMsMax = 90 * 86_400_000;

/** Site visits: one planned at a time; one that was held is a contact with evidence. */
@Injectable()
export class VisitService {
  constructor(
    private readonly cases: CaseService,
    private readonly contacts: ContactService,
  ) {}

  /** After the first contact: the enterprise is to know who comes. */
  async plan(command: Command, grabId: string, { plannedAt, place }: PlanVisitRequest): Promise<VisitResponse> {
    const { tx, viewer, now } = command;
    const opened = await this.cases.open(command, grabId);
    const { file, grab } = opened;
    if (grab.status === 'ACTIVE') throw new ContactFirst();
    if (!isOpenGrab(grab.status)) throw new WrongState('case', grab.status, 'visited');
    const at = new Date(plannedAt);
    if (!(at >= now) || at.getTime() > now.getTime() + aheadMsMax)
      throw new InvalidInput([{ pointer: '/plannedAt', detail: 'must lie within the next ninety days' }]);
    const { id: needId } = file.need;
    if (await tx.existsBy(Visit, { needId, grabId, status: 'PLANNED' })) throw new VisitPlanned();
    const visit: Visit = {
      needId,
      id: uuidv7(now),
      grabId,
      institutionId: grab.institutionId,
      plannedAt: at,
      place: place?.trim() ?? null,
      status: 'PLANNED',
      heldAt: null,
      report: null,
      attachmentIds: [],
      plannedBy: viewer.personId,
      createdAt: now,
      endedAt: null,
    };
    await tx.insert(Visit, visit);
    tell(opened, visit, null);
    await this.cases.close(command, opened);
    return toVisitResponse(visit, true);
  }

  /** The report makes it a contact; a first visit that nobody called before is the first contact. */
  async report(command: Command, grabId: string, visitId: string, request: ReportVisitRequest): Promise<VisitResponse> {
    const { opened, visit } = await this.openPlanned(command, grabId, visitId);
    const heldAt = statedTime(opened.grab, request.heldAt, command.now, '/heldAt');
    const report = request.report.trim();
    const attachmentIds = request.attachmentIds ?? [];
    const takesOver = await this.contacts.apply(command, opened, {
      method: 'VISIT',
      note: report,
      happenedAt: heldAt,
      durationMinutes: request.durationMinutes ?? null,
      attachmentIds,
    });
    await this.end(command, opened, visit, { status: 'HELD', heldAt, report, attachmentIds });
    await this.contacts.close(command, opened, takesOver);
    return toVisitResponse(visit, true);
  }

  async cancel(command: Command, grabId: string, visitId: string, request: CancelVisitRequest): Promise<VisitResponse> {
    const { opened, visit } = await this.openPlanned(command, grabId, visitId);
    await this.end(command, opened, visit, { status: 'CANCELLED', report: request.reason.trim() });
    await this.cases.close(command, opened);
    return toVisitResponse(visit, true);
  }

  private async openPlanned(command: Command, grabId: string, id: string) {
    const opened = await this.cases.open(command, grabId);
    const visit = await command.tx.findOneBy(Visit, { needId: opened.file.need.id, id, grabId });
    if (!visit) throw new VisitNotFound();
    if (visit.status !== 'PLANNED') throw new VisitOver(visit.status);
    return { opened, visit };
  }

  private async end({ tx, now }: Command, opened: OpenedCase, visit: Visit, patch: Partial<Visit>): Promise<void> {
    const changed = { ...patch, endedAt: now };
    await tx.update(Visit, { needId: visit.needId, id: visit.id }, changed);
    Object.assign(visit, changed);
    tell(opened, visit, 'PLANNED');
  }
}

function tell({ file, grab }: OpenedCase, visit: Visit, from: VisitStatus | null): void {
  const { id: visitId, status: to } = visit;
  const plannedAt = visit.plannedAt.toISOString();
  file.note('grab', grab.id, { act: `VISIT_${to}`, detail: { visitId, plannedAt } });
  file.tell(visitChanged, { ...caseOf(file.need, grab), visitId, from, to, plannedAt });
}
