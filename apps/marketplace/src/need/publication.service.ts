import { IdentityNotProved } from '@app/auth';
import { dayOf, must } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, Not } from 'typeorm';

import { actorOf } from '../audit/audit.service.js';
import { ConsentService } from '../consent/consent.service.js';
import { naturalDeadline } from '../grab/case.rules.js';
import { NeedNotFound } from '../grab/grab.error.js';
import type { Policy } from '../limit/limit.rules.js';
import { LimitService } from '../limit/limit.service.js';
import { EnterpriseFacts } from './enterprise-facts.service.js';
import type { NeedFile } from './need-file.service.js';
import { NeedStore } from './need-store.service.js';
import { Need } from './need.entity.js';
import {
  NoAuthorisation,
  NotADraft,
  NotExtendable,
  NotWithdrawable,
  TooManyOpenNeeds,
  WithdrewTooOften,
} from './need.error.js';
import { type NeedResponse, toNeedResponse } from './need.response.js';
import { isOnBoard, isOpenGrab, needMoves, publishableFrom } from './need.rules.js';
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
  ) {}

  async publish(command: Command, id: string): Promise<NeedResponse> {
    const { tx, viewer, now } = command;
    if (viewer.organisation.status !== 'ACTIVE') throw new IdentityNotProved();
    const uscc = must(viewer.organisation.uscc, 'an enterprise has a code');
    await tx.query(enterpriseLockSql, [uscc]);
    const file = await this.openOwn(command, id);
    const { need } = file;
    if (need.status !== 'DRAFT') throw new NotADraft(need.status);
    const policy = await this.limits.policyAt(tx, now);
    await this.refuseTooMany(command, policy);
    const authorisationId = await this.consent.carrierOf(tx, uscc, dayOf(now));
    if (!authorisationId) throw new NoAuthorisation();
    Object.assign(need, await this.facts.frozen(tx, uscc), {
      enterpriseName: viewer.organisation.name,
      authorisationId,
      publishedAt: now,
      closesAt: naturalDeadline(now, policy.needOpenDays),
    });
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
    const reason = request.reason ?? 'NOT_STATED';
    for (const grab of file.grabs.filter(({ status }) => isOpenGrab(status)))
      file.endGrab(grab, 'CANCELLED', now, { reason: 'NEED_WITHDRAWN' });
    need.endedReason = reason;
    file.moveNeed('WITHDRAWN', { reason, detail: { text: request.text?.trim() ?? null } });
    return this.save(command, file, await this.limits.policyAt(tx, now));
  }

  /** Keeps an open need open for longer, as often as the limits allow. */
  async extend(command: Command, id: string): Promise<NeedResponse> {
    const { tx, now } = command;
    const file = await this.openOwn(command, id);
    const { need } = file;
    const policy = await this.limits.policyAt(tx, now);
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
