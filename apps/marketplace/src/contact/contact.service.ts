import { contactRecorded } from '@app/contracts';
import { uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';

import { Attachment } from '../attachment/attachment.entity.js';
import { UnknownAttachment } from '../attachment/attachment.error.js';
import { caseOf } from '../case/case.event.js';
import type { CaseResponse } from '../case/case.response.js';
import { CaseService, type OpenedCase } from '../case/case.service.js';
import { type ContactMethod, isEvidence } from '../grab/case.rules.js';
import type { Grab } from '../grab/grab.entity.js';
import { WrongState } from '../grab/grab.error.js';
import { isOpenGrab } from '../need/need.rules.js';
import { Contact } from './contact.entity.js';
import { ImpossibleTime } from './contact.error.js';
import type { RecordContactRequest } from './record-contact.request.js';

/** What happened, whichever act says so: a recorded call, or the report of a visit. */
interface Happening {
  method: ContactMethod;
  note: string;
  happenedAt: Date;
  durationMinutes: number | null;
  attachmentIds: string[];
}

/** Contacts with the enterprise: each one kept with its evidence, the first one making its manager the first responder. */
@Injectable()
export class ContactService {
  constructor(private readonly cases: CaseService) {}

  /** A later call or visit starts the review. */
  async record(command: Command, id: string, request: RecordContactRequest): Promise<CaseResponse> {
    const opened = await this.cases.open(command, id);
    const takesOver = await this.apply(command, opened, {
      method: request.method,
      note: request.note.trim(),
      happenedAt: statedTime(opened.grab, request.happenedAt, command.now, '/happenedAt'),
      durationMinutes: request.durationMinutes ?? null,
      attachmentIds: request.attachmentIds ?? [],
    });
    return this.close(command, opened, takesOver);
  }

  /** Writes the contact into an opened case. Answers whether the case counts to another manager's load from now on. */
  async apply(command: Command, opened: OpenedCase, happening: Happening): Promise<boolean> {
    const { tx, viewer, now } = command;
    const { file, grab } = opened;
    const { method } = happening;
    if (!isOpenGrab(grab.status)) throw new WrongState('case', grab.status, 'CONTACTED');
    this.cases.refuseLate(command, opened);
    await refuseUnknown(tx, grab, happening.attachmentIds);
    const first = grab.status === 'ACTIVE';
    const takesOver = first && grab.managerId !== viewer.personId;
    const further = grab.status === 'CONTACTED' && isEvidence(method);
    const contact = contactOf(command, grab, { ...happening, first });
    await tx.insert(Contact, contact);
    if (isEvidence(method)) grab.evidenceAt ??= now;
    file.note('grab', grab.id, {
      act: 'CONTACT',
      from: grab.status,
      to: grab.status,
      detail: { method, note: happening.note, contactId: contact.id },
    });
    if (first) {
      grab.contactedAt = now;
      grab.firstResponderId = viewer.personId;
      grab.managerId = viewer.personId;
      file.moveGrab(grab, 'CONTACTED', { detail: { method } });
    }
    if (further) file.moveGrab(grab, 'IN_REVIEW', { detail: { method } });
    file.tell(contactRecorded, {
      ...caseOf(file.need, grab),
      contactId: contact.id,
      method,
      first,
      evidence: isEvidence(method),
      happenedAt: contact.happenedAt.toISOString(),
      minutesSinceGrab: Math.floor((now.getTime() - grab.grabbedAt.getTime()) / 60_000),
    });
    return takesOver;
  }

  /** Saves and shows the case; whoever took it over must have room for it, or all is undone. */
  async close(command: Command, opened: OpenedCase, takesOver: boolean): Promise<CaseResponse> {
    const shown = await this.cases.close(command, opened);
    if (takesOver) await this.cases.refuseOverload(command, command.viewer.personId);
    return shown;
  }
}

/** A time that somebody states: now when he states none. @throws ImpossibleTime */
export function statedTime(grab: Grab, stated: string | undefined, now: Date, pointer: string): Date {
  if (stated === undefined) return now;
  const at = new Date(stated);
  if (Number.isNaN(at.getTime()) || at > now || at < grab.grabbedAt) throw new ImpossibleTime(pointer);
  return at;
}

/** @throws UnknownAttachment unless all are files of this case */
async function refuseUnknown(tx: EntityManager, { needId, id }: Grab, attachmentIds: readonly string[]): Promise<void> {
  if (attachmentIds.length === 0) return;
  const found = await tx.countBy(Attachment, { needId, grabId: id, id: In([...attachmentIds]) });
  if (found !== attachmentIds.length) throw new UnknownAttachment();
}

const contactOf = (
  { viewer, now }: Command,
  { needId, id, institutionId }: Grab,
  happening: Happening & { first: boolean },
): Contact => ({
  needId,
  id: uuidv7(now),
  grabId: id,
  institutionId,
  ...happening,
  recordedBy: viewer.personId,
  recordedAt: now,
});
