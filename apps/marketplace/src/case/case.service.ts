import type { Viewer } from '@app/auth';
import { InvalidInput, must } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf } from '../audit/audit.service.js';
import { isEvidence } from '../grab/case.rules.js';
import type { Grab } from '../grab/grab.entity.js';
import { ManagerLimit, NoSuchColleague, NotTheResponder, WrongState } from '../grab/grab.error.js';
import { LimitService } from '../limit/limit.service.js';
import type { NeedFile } from '../need/need-file.service.js';
import { NeedStore } from '../need/need-store.service.js';
import { isOpenGrab } from '../need/need.rules.js';
import { refuseOutsiders } from '../product/product.service.js';
import { type CaseResponse, toCaseResponse } from './case.response.js';
import type { DeclineCaseRequest, ReleaseCaseRequest } from './decline-case.request.js';
import type { RecordContactRequest } from './record-contact.request.js';

/** A case under lock, for somebody who may act on it. */
export interface OpenedCase {
  file: NeedFile;
  grab: Grab;
}

/** What a bank does with its cases, up to the offer. */
@Injectable()
export class CaseService {
  constructor(
    private readonly store: NeedStore,
    private readonly limits: LimitService,
  ) {}

  /**
   * Opens a case of the viewer's institution. Once somebody recorded a contact, only that manager acts (首问负责).
   * @throws GrabNotFound, NotAMember, NotTheResponder
   */
  async open({ tx, viewer }: Command, grabId: string): Promise<OpenedCase> {
    refuseOutsiders(viewer);
    const opened = await this.store.openCase(tx, grabId, viewer.organisation.id);
    const owner = opened.grab.firstResponderId;
    if (owner !== null && owner !== viewer.personId) throw new NotTheResponder();
    return opened;
  }

  /** Saves the case and shows it. */
  async close({ tx, viewer, now }: Command, { file, grab }: OpenedCase): Promise<CaseResponse> {
    await this.store.save(tx, file, actorOf(viewer), now);
    return toCaseResponse(file.need, grab, file.standingOffer(grab));
  }

  /** The first contact makes the one who records it the owner of the case; a later call or visit starts the review. */
  async contact(command: Command, id: string, { method, note }: RecordContactRequest): Promise<CaseResponse> {
    const { viewer, now } = command;
    const opened = await this.open(command, id);
    const { file, grab } = opened;
    if (!isOpenGrab(grab.status)) throw new WrongState('case', grab.status, 'CONTACTED');
    const first = grab.status === 'ACTIVE';
    const takesOver = first && grab.managerId !== viewer.personId;
    const further = grab.status === 'CONTACTED' && isEvidence(method);
    if (isEvidence(method)) grab.evidenceAt ??= now;
    file.note('grab', id, {
      act: 'CONTACT',
      from: grab.status,
      to: grab.status,
      detail: { method, note: note.trim() },
    });
    if (first) {
      grab.contactedAt = now;
      grab.firstResponderId = viewer.personId;
      grab.managerId = viewer.personId;
      file.moveGrab(grab, 'CONTACTED', { detail: { method } });
    }
    if (further) file.moveGrab(grab, 'IN_REVIEW', { detail: { method } });
    const shown = await this.close(command, opened);
    if (takesOver) await this.refuseOverload(command);
    return shown;
  }

  /** Before the first contact without a reason; after it a place is given back by declining. */
  async release(command: Command, id: string, { reason, text }: ReleaseCaseRequest): Promise<CaseResponse> {
    const opened = await this.open(command, id);
    const { file, grab } = opened;
    if (grab.status === 'ACTIVE') file.endGrab(grab, 'RELEASED', command.now, { reason: reason ?? 'RELEASED' });
    else if (reason) file.endGrab(grab, 'DECLINED', command.now, { reason, text: text?.trim() ?? null });
    else if (isOpenGrab(grab.status))
      throw new InvalidInput([
        { pointer: '/reason', detail: 'after the first contact a place is given back with the reason of a decline' },
      ]);
    else throw new WrongState('case', grab.status, 'RELEASED');
    return this.close(command, opened);
  }

  async decline(command: Command, id: string, { reason, text }: DeclineCaseRequest): Promise<CaseResponse> {
    const opened = await this.open(command, id);
    opened.file.endGrab(opened.grab, 'DECLINED', command.now, { reason, text: text?.trim() ?? null });
    return this.close(command, opened);
  }

  /** Hands a case to a colleague: by its owner, or by the institution's admin. */
  async transfer(command: Command, id: string, personId: string): Promise<CaseResponse> {
    const { tx, viewer } = command;
    refuseOutsiders(viewer);
    const opened = await this.store.openCase(tx, id, viewer.organisation.id);
    const { file, grab } = opened;
    const owner = grab.firstResponderId ?? grab.managerId;
    if (owner !== viewer.personId && !viewer.roles.includes('institution-admin')) throw new NotTheResponder();
    if (!isOpenGrab(grab.status)) throw new WrongState('case', grab.status, 'TRANSFERRED');
    if (!(await isManagerOf(tx, viewer, personId))) throw new NoSuchColleague();
    if (grab.firstResponderId !== null) grab.firstResponderId = personId;
    grab.managerId = personId;
    const detail = { fromPersonId: owner, toPersonId: personId };
    file.note('grab', id, { act: 'TRANSFERRED', from: grab.status, to: grab.status, detail });
    const shown = await this.close(command, opened);
    await this.refuseOverload(command, personId);
    return shown;
  }

  /** Looked at after the counters were moved and are locked; a throw undoes it all. */
  private async refuseOverload({ tx, viewer, now }: Command, personId = viewer.personId): Promise<void> {
    const { openGrabsLimited, maxOpenGrabsPerManager } = await this.limits.policyAt(tx, now);
    const [row]: [{ open: number } | undefined] = await tx.query(
      'select open_grabs as open from manager_counter where id = $1',
      [personId],
    );
    if (openGrabsLimited && (row?.open ?? 0) > maxOpenGrabsPerManager) throw new ManagerLimit(maxOpenGrabsPerManager);
  }
}

async function isManagerOf(tx: EntityManager, viewer: Viewer, personId: string): Promise<boolean> {
  const [row]: { found: boolean }[] = await tx.query(
    `select exists (select 1 from identity_api.person_v1
       where id = $1 and organisation_id = $2 and status = 'ACTIVE' and 'account-manager' = any(roles)) as found`,
    [personId, viewer.organisation.id],
  );
  return must(row, 'exists answers').found;
}
