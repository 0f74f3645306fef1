import { IdentityNotProved } from '@app/auth';
import { needRepublished } from '@app/contracts';
import { dayOf, must } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, Not } from 'typeorm';

import { actorOf } from '../audit/audit.service.js';
import { ConsentService } from '../consent/consent.service.js';
import { DrawBox } from '../draw/draw-box.service.js';
import { windowsOf } from '../draw/window.rules.js';
import { naturalDeadline } from '../grab/case.rules.js';
import { NeedNotFound } from '../grab/grab.error.js';
import type { Policy } from '../limit/limit.rules.js';
import { LimitService } from '../limit/limit.service.js';
import { EnterpriseFacts } from './enterprise-facts.service.js';
import type { NeedFile } from './need-file.service.js';
import { NeedStore } from './need-store.service.js';
import { Need } from './need.entity.js';
import {
  FirstLookNotCovered,
  NoAuthorisation,
  NotADraft,
  NotExtendable,
  NotWithdrawable,
  RepeatedAlready,
  TooManyOpenNeeds,
  WithdrewTooOften,
} from './need.error.js';
import { type NeedResponse, toNeedResponse } from './need.response.js';
import { isOnBoard, isOpenGrab, needMoves, publishableFrom, scopeOfNeed } from './need.rules.js';
import { ownNeed } from './need.service.js';
import type { WithdrawNeedRequest } from './withdraw-need.request.js';

/** Publications of one enterprise take turns, so that two at once cannot both be the last that is allowed. */
const enterpriseLockSql = 'select pg_advisory_xact_lock(hashtextextended($1, 7020))';

/** Brings needs onto the board and takes them off it, as their enterprise wishes. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly store: NeedStore,
    private readonly limits: LimitService,
    private readonly consent: ConsentService,
    private readonly facts: EnterpriseFacts,
    private readonly box: DrawBox,
  ) {}

  async publish(command: Command, id: string): Promise<NeedResponse> {
    const { tx, viewer, now } = command;
    if (viewer.organisation.status !== 'ACTIVE') throw new IdentityNotProved();
    const uscc = must(viewer.organisation.uscc, 'an enterprise has a code');
    await tx.query(enterpriseLockSql, [uscc]);
    await this.lockPrevious(command, id);
    const file = await this.openOwn(command, id);
    const { need } = file;
    if (need.status !== 'DRAFT') throw new NotADraft(need.status);
    const frozen = await this.facts.frozen(tx, uscc);
    const policy = await this.limits.policyAt(
      tx,
      now,
      scopeOfNeed({ productId: need.productId, district: frozen.district }),
    );
    await this.refuseTooMany(command, policy);
    const authorisationId = await this.consent.carrierOf(tx, uscc, dayOf(now));
    if (!authorisationId) throw new NoAuthorisation();
    const closesAt = naturalDeadline(now, policy.needOpenDays);
    const { name } = viewer.organisation;
    Object.assign(need, frozen, {
      enterpriseName: name,
      // The draft may be older than a name of its enterprise.
      shownPurpose: await this.facts.shownPurpose(tx, need, { uscc, name }),
      authorisationId,
      publishedAt: now,
      closesAt,
      ...windowsOf(policy, { firstLook: need.firstLook, fairWindow: need.fairWindow, closesAt }, now),
    });
    await this.openWindows(command, need);
    if (need.previousId) await this.link(command, file, need.previousId);
    // Nobody checks a need by hand yet: it is submitted and published in one go, and the trail shows both.
    file.moveNeed('SUBMITTED');
    file.moveNeed('PUBLISHED');
    return this.save(command, file, policy);
  }

  /** Until an offer is accepted; cases that run end as cancelled. */
  async withdraw(command: Command, id: string, request: WithdrawNeedRequest): Promise<NeedResponse> {
    const { tx, now } = command;
    const file = await this.openOwn(command, id);
    const { need } = file;
    if (!needMoves[need.status].includes('WITHDRAWN')) throw new NotWithdrawable(need.status);
    // A need that several may serve stays on the board with a part of it accepted: that part is binding.
    if (file.offers.some(({ status }) => status === 'ACCEPTED')) throw new NotWithdrawable('accepted in part');
    const reason = request.reason ?? 'NOT_STATED';
    for (const grab of file.grabs.filter(({ status }) => isOpenGrab(status)))
      file.endGrab(grab, 'CANCELLED', now, { reason: 'NEED_WITHDRAWN' });
    need.endedReason = reason;
    file.moveNeed('WITHDRAWN', { reason, detail: { text: request.text?.trim() ?? null } });
    return this.save(command, file, await this.limits.policyAt(tx, now, scopeOfNeed(need)));
  }

  /** Keeps an open need open for longer, as often as the limits allow. */
  async extend(command: Command, id: string): Promise<NeedResponse> {
    const { tx, now } = command;
    const file = await this.openOwn(command, id);
    const { need } = file;
    const policy = await this.limits.policyAt(tx, now, scopeOfNeed(need));
    const closesAt = need.closesAt;
    if (!isOnBoard(need.status) || !closesAt || closesAt < now) throw new NotExtendable(`it is ${need.status}`);
    if (need.extensions >= policy.maxNeedExtensions)
      throw new NotExtendable(`${policy.maxNeedExtensions} extensions are allowed`);
    need.closesAt = naturalDeadline(closesAt, policy.needExtensionDays);
    need.extensions += 1;
    const detail = { closesAt: need.closesAt.toISOString() };
    file.note('need', id, { act: 'EXTENDED', from: need.status, to: need.status, detail });
    return this.save(command, file, policy);
  }

  /** The older version is locked before the newer one: locks of needs go by id, and ids go by time. */
  private async lockPrevious({ tx, viewer }: Command, id: string): Promise<void> {
    const { previousId } = await ownNeed(tx, viewer, id);
    if (!previousId) return;
    const previous = await ownNeed(tx, viewer, previousId, true);
    if (previous.nextId) throw new RepeatedAlready();
  }

  private async link({ tx, now }: Command, { need }: NeedFile, previousId: string): Promise<void> {
    await tx.update(Need, { id: previousId }, { nextId: need.id });
    const { id: needId, uscc, version } = need;
    await addToOutbox(tx, needRepublished, { needId, previousId, uscc, version }, now);
  }

  /** @throws FirstLookNotCovered */
  private async openWindows({ tx, now }: Command, need: Need): Promise<void> {
    const { exclusiveUntil, exclusiveInstitutionCode: code, sealedUntil } = need;
    if (exclusiveUntil && code && !(await this.consent.covers(tx, need.uscc, dayOf(now), code)))
      throw new FirstLookNotCovered();
    if (sealedUntil) need.commitment = await this.box.open(tx, need.id, now, sealedUntil);
  }

  private async save(command: Command, file: NeedFile, policy: Policy): Promise<NeedResponse> {
    await this.store.save(command.tx, file, actorOf(command.viewer), command.now);
    return toNeedResponse(file.need, policy, command.now);
  }

  private async openOwn({ tx, viewer }: Command, id: string): Promise<NeedFile> {
    const owned = await tx.existsBy(Need, { id, organisationId: viewer.organisation.id });
    if (!owned) throw new NeedNotFound();
    return this.store.open(tx, id);
  }

  private async refuseTooMany({ tx, viewer, now }: Command, policy: Policy): Promise<void> {
    const organisationId = viewer.organisation.id;
    const open = await tx.countBy(Need, { organisationId, status: In(['PUBLISHED', 'FULL']) });
    if (open >= policy.maxOpenNeedsPerEnterprise) throw new TooManyOpenNeeds(policy.maxOpenNeedsPerEnterprise);
    const since = new Date(now.getTime() - policy.withdrawalWindowDays * 86_400_000);
    const withdrawn = await tx.find(Need, {
      where: { organisationId, status: 'WITHDRAWN', publishedAt: Not(IsNull()), endedAt: MoreThan(since) },
      select: { id: true, endedAt: true },
    });
    const from = publishableFrom(
      withdrawn.map(({ endedAt }) => must(endedAt, 'a withdrawn need has ended')),
      policy,
      now,
    );
    if (from) throw new WithdrewTooOften(from);
  }
}
