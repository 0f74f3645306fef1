import type { Viewer } from '@app/auth';
import { caseTransferred } from '@app/contracts';
import { InvalidInput, must } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf } from '../audit/audit.service.js';
import { faultyLapses } from '../grab/case.rules.js';
import type { Grab } from '../grab/grab.entity.js';
import { ManagerLimit, NoSuchColleague, NotTheResponder, WrongState } from '../grab/grab.error.js';
import { holdLimitsSql } from '../grab/lane-state.driver.js';
import type { NeedFile } from '../need/need-file.service.js';
import { NeedStore } from '../need/need-store.service.js';
import { isOpenGrab } from '../need/need.rules.js';
import { maskForStrangers } from '../need/purpose-mask.driver.js';
import { refuseOutsiders } from '../product/product.service.js';
import { BankLimits } from './bank-limits.service.js';
import { DeadlinePassed, OwnerAlready } from './case.error.js';
import { caseOf } from './case.event.js';
import { type CaseResponse, toCaseResponse } from './case.response.js';
import type { DeclineCaseRequest, ReleaseCaseRequest } from './decline-case.request.js';
import type { TransferCaseRequest } from './transfer-case.request.js';

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
    private readonly limits: BankLimits,
  ) {}

  /**
   * Opens a case of the viewer's institution. Once somebody recorded a contact, only that manager acts (首问负责), or
   * the one to whom the case was handed since.
   * @throws GrabNotFound, NotAMember, NotTheResponder
   */
  async open({ tx, viewer }: Command, grabId: string): Promise<OpenedCase> {
    refuseOutsiders(viewer);
    const opened = await this.store.openCase(tx, grabId, viewer.organisation.id);
    const { firstResponderId, managerId } = opened.grab;
    if (firstResponderId !== null && managerId !== viewer.personId) throw new NotTheResponder();
    return opened;
  }

  /**
   * For acts that the bank's own clock waits for, and those that would end a case before its lapse is counted.
   * @throws DeadlinePassed
   */
  refuseLate({ now }: Command, { file, grab }: OpenedCase): void {
    const deadline = file.deadline(grab);
    if (deadline && deadline.at < now && faultyLapses.includes(deadline.lapse)) throw new DeadlinePassed(deadline.at);
  }

  /** Saves the case and shows it. */
  async close({ tx, viewer, now }: Command, { file, grab }: OpenedCase): Promise<CaseResponse> {
    await this.store.save(tx, file, actorOf(viewer), now);
    return toCaseResponse(file.need, grab, file.standingOffer(grab));
  }

  /** Before the first contact without a reason; after it a place is given back by declining. */
  async release(command: Command, id: string, { reason, text }: ReleaseCaseRequest): Promise<CaseResponse> {
    const opened = await this.open(command, id);
    const { file, grab } = opened;
    this.refuseLate(command, opened);
    if (grab.status === 'ACTIVE') file.endGrab(grab, 'RELEASED', command.now, { reason: reason ?? 'RELEASED' });
    else if (reason) file.endGrab(grab, 'DECLINED', command.now, { reason, text: shownText(text) });
    else if (isOpenGrab(grab.status))
      throw new InvalidInput([
        { pointer: '/reason', detail: 'after the first contact a place is given back with the reason of a decline' },
      ]);
    else throw new WrongState('case', grab.status, 'RELEASED');
    return this.close(command, opened);
  }

  async decline(command: Command, id: string, { reason, text }: DeclineCaseRequest): Promise<CaseResponse> {
    const opened = await this.open(command, id);
    this.refuseLate(command, opened);
    opened.file.endGrab(opened.grab, 'DECLINED', command.now, { reason, text: shownText(text) });
    return this.close(command, opened);
  }

  /** Hands a case to a colleague: by its owner, or by the institution's admin. The first responder stays on record. */
  async transfer(command: Command, id: string, { personId, reason, note }: TransferCaseRequest): Promise<CaseResponse> {
    const { tx, viewer } = command;
    refuseOutsiders(viewer);
    const opened = await this.store.openCase(tx, id, viewer.organisation.id);
    const { file, grab } = opened;
    const fromPersonId = grab.managerId;
    if (fromPersonId !== viewer.personId && !viewer.roles.includes('institution-admin')) throw new NotTheResponder();
    if (!isOpenGrab(grab.status)) throw new WrongState('case', grab.status, 'TRANSFERRED');
    const toPersonId = personId.toLowerCase();
    if (toPersonId === fromPersonId) throw new OwnerAlready();
    if (!(await isManagerOf(tx, viewer, toPersonId))) throw new NoSuchColleague();
    grab.managerId = toPersonId;
    const said = { fromPersonId, toPersonId, reason };
    const detail = { ...said, ...(note && { note: note.trim() }) };
    file.note('grab', id, { act: 'TRANSFERRED', from: grab.status, to: grab.status, detail });
    file.tell(caseTransferred, { ...caseOf(file.need, grab), ...said, byPersonId: viewer.personId });
    const shown = await this.close(command, opened);
    await this.refuseOverload(command, toPersonId);
    return shown;
  }

  /** Looked at after the counters were moved and are locked; a throw undoes it all. */
  async refuseOverload({ tx, viewer, now }: Command, personId: string): Promise<void> {
    await tx.query(`select ${holdLimitsSql}`);
    const { openGrabsLimited, maxOpenGrabsPerManager } = await this.limits.at(tx, viewer.organisation.id, now);
    const [row]: [{ open: number } | undefined] = await tx.query(
      'select open_grabs as open from manager_counter where id = $1',
      [personId],
    );
    if (openGrabsLimited && (row?.open ?? 0) > maxOpenGrabsPerManager) throw new ManagerLimit(maxOpenGrabsPerManager);
  }
}

/** What the enterprise reads of a bank's own words: without names, codes and telephone numbers. */
const shownText = (text: string | undefined): string | null => (text ? maskForStrangers(text.trim()) : null);

async function isManagerOf(tx: EntityManager, viewer: Viewer, personId: string): Promise<boolean> {
  const [row]: { found: boolean }[] = await tx.query(
    `select exists (select 1 from identity_api.person_v1
       where id = $1 and organisation_id = $2 and status = 'ACTIVE' and 'account-manager' = any(roles)) as found`,
    [personId, viewer.organisation.id],
  );
  return must(row, 'exists answers').found;
}
