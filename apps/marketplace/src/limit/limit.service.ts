import { limitChanged } from '@app/contracts';
import { chineseCalendar, dayOf, InvalidInput, must, parseDay, startOfDay, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { knownTo } from '../clock/calendar.rules.js';
import { stopGrantsSql } from '../grab/lane-state.driver.js';
import { freshlyBelow } from './granted.rules.js';
import { GrantedService } from './granted.service.js';
import { LimitBook } from './limit-book.rules.js';
import { LimitChange } from './limit-change.entity.js';
import { noteStart, startsOf } from './limit-start.driver.js';
import { LimitBelowGranted, LimitChangeDecided, LimitChangeNotFound, OwnLimitChange } from './limit.error.js';
import { toLimitChangeResponse, type LimitChangeResponse, type LimitsResponse } from './limit.response.js';
import {
  type ApprovedValue,
  everywhere,
  faultOfScope,
  faultOfValue,
  inOrder,
  type Policy,
  type Scope,
  specificityOf,
} from './limit.rules.js';
import { OverrideScopes } from './override-scope.service.js';
import type { ProposeLimitChangeRequest } from './propose-limit-change.request.js';

/** More history than this is for the audit trail, not for a page. */
const historyMax = 100;

/** Ten years: what is planned further ahead is a slip of the pen. */
const aheadMsMax = 3_652 * 86_400_000;

/** The limits of the market as dated data: what is in force, what is planned, and who may change it. */
@Injectable()
export class LimitService {
  constructor(
    private readonly audit: AuditTrail,
    private readonly granted: GrantedService,
    private readonly scopes: OverrideScopes,
  ) {}

  /** The limits in force at an instant, for a transaction that decides by them; for the whole market without a scope. */
  async policyAt(db: EntityManager, at: Date, scope: Scope = everywhere): Promise<Policy> {
    return (await this.book(db)).at(at, scope);
  }

  /** All approved limits, for who decides about many needs or banks at once. */
  async book(db: EntityManager): Promise<LimitBook> {
    return new LimitBook(await approvedLimits(db));
  }

  async overview(db: EntityManager, now: Date): Promise<LimitsResponse> {
    const changes = await db.find(LimitChange, { order: { proposedAt: 'DESC', id: 'DESC' } });
    const approvedOnes = changes.filter(({ status }) => status === 'APPROVED');
    const standing = inOrder(approvedOnes.map(toApproved)).filter(({ effectiveFrom }) => effectiveFrom <= now);
    const latest = new Map(standing.map((change) => [`${change.what} ${JSON.stringify(change.scope)}`, change]));
    const inForce = [...latest.values()].filter(({ value }) => value !== null).map(({ change }) => change);
    const planned = changes.filter(
      (one) => one.status === 'PENDING' || (one.status === 'APPROVED' && one.effectiveFrom > now),
    );
    const shown = new Set([...inForce, ...planned].map(({ id }) => id));
    const starts = await startsOf(db);
    const answer = (change: LimitChange) => toLimitChangeResponse(change, starts.get(change.id));
    return {
      version: must(standing.at(-1), 'limits have first values').version,
      calendarKnownTo: knownTo(chineseCalendar, dayOf(now)),
      inForce: inForce.filter((one) => !isOverride(one)).map(answer),
      overrides: inForce.filter(isOverride).map(answer),
      planned: planned.map(answer),
      history: changes
        .filter(({ id }) => !shown.has(id))
        .slice(0, historyMax)
        .map(answer),
    };
  }

  async propose(command: Command, request: ProposeLimitChangeRequest): Promise<LimitChangeResponse> {
    const { tx, viewer, now } = command;
    const change: LimitChange = {
      id: uuidv7(now),
      what: request.what,
      ...(await this.scopes.read(tx, request)),
      value: checkedValue(request),
      effectiveFrom: startOf(request.effectiveFrom, now),
      source: `operator ${viewer.organisation.code}`,
      reason: request.reason.trim(),
      status: 'PENDING',
      version: null,
      proposedBy: viewer.personId,
      proposedAt: now,
      decidedBy: null,
      decidedAt: null,
      decisionNote: null,
    };
    refuseScope(change);
    await this.scopes.refuseEmpty(tx, change, now);
    await this.refuseBelowGranted(tx, change, now);
    await tx.insert(LimitChange, change);
    await this.tell(command, change, 'PROPOSED');
    return toLimitChangeResponse(change);
  }

  async approve(command: Command, id: string, note?: string): Promise<LimitChangeResponse> {
    const { tx, now } = command;
    const change = await this.undecided(command, id);
    if (change.effectiveFrom < now) change.effectiveFrom = now;
    await tx.query(stopGrantsSql);
    await this.scopes.refuseEmpty(tx, change, now);
    await this.refuseBelowGranted(tx, change, now);
    const [{ version }]: [{ version: number }] = await tx.query(`select nextval('limit_version')::integer as version`);
    const decided = await this.decide(command, change, { status: 'APPROVED', version, note });
    if (change.effectiveFrom > now) return decided;
    await noteStart(tx, id, now);
    return Object.assign(decided, { startedAt: now.toISOString() });
  }

  async reject(command: Command, id: string, note?: string): Promise<LimitChangeResponse> {
    const change = await this.undecided(command, id);
    return this.decide(command, change, { status: 'REJECTED', version: null, note });
  }

  /** @throws OwnLimitChange, LimitChangeDecided, LimitChangeNotFound */
  private async undecided({ tx, viewer }: Command, id: string): Promise<LimitChange> {
    const change = await tx.findOne(LimitChange, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!change) throw new LimitChangeNotFound();
    if (change.status !== 'PENDING') throw new LimitChangeDecided(change.status);
    if (change.proposedBy === viewer.personId) throw new OwnLimitChange();
    return change;
  }

  private async decide(
    command: Command,
    change: LimitChange,
    { status, version, note }: { status: 'APPROVED' | 'REJECTED'; version: number | null; note: string | undefined },
  ): Promise<LimitChangeResponse> {
    const decided = {
      status,
      version,
      effectiveFrom: change.effectiveFrom,
      decidedBy: command.viewer.personId,
      decidedAt: command.now,
      decisionNote: note?.trim() ?? null,
    };
    await command.tx.update(LimitChange, { id: change.id }, decided);
    Object.assign(change, decided);
    await this.tell(command, change, status);
    return toLimitChangeResponse(change);
  }

  private async tell({ tx, viewer, now }: Command, change: LimitChange, act: string): Promise<void> {
    const { id, what, value, status } = change;
    const from = status === 'PENDING' ? null : 'PENDING';
    const { institutionId, productId, district, grade } = change;
    const detail = { what, value, ...(isOverride(change) && { scope: { institutionId, productId, district, grade } }) };
    await this.audit.record(
      tx,
      [{ rootId: id, subject: 'limit', subjectId: id, act, from, to: status, detail }],
      actorOf(viewer),
      now,
    );
    const effective = change.effectiveFrom.toISOString();
    await addToOutbox(
      tx,
      limitChanged,
      { changeId: id, what, value: value === null ? 'INHERITED' : String(value), effectiveFrom: effective, status },
      now,
    );
  }

  /** Checked when it is proposed and again when it is approved; grants that come in between make the second one refuse. */
  private async refuseBelowGranted(tx: EntityManager, change: LimitChange, now: Date): Promise<void> {
    const standing = await approvedLimits(tx);
    const next = { ...toApproved(change), version: Number.MAX_SAFE_INTEGER };
    const [before, after] = [new LimitBook(standing), new LimitBook([...standing, next])];
    const below = freshlyBelow(before, after, change.effectiveFrom, await this.granted.now(tx, now));
    if (below.length > 0) throw new LimitBelowGranted(below);
  }
}

const isOverride = (change: LimitChange): boolean => specificityOf(toApproved(change).scope) > 0;

const toApproved = (change: LimitChange): ApprovedValue & { scope: Scope; change: LimitChange } => ({
  what: change.what,
  value: change.value,
  effectiveFrom: change.effectiveFrom,
  version: change.version ?? 0,
  scope: {
    institution: change.institutionId,
    product: change.productId,
    district: change.district,
    grade: change.grade,
  },
  change,
});

/** Every limit that was ever approved, of all scopes. */
export const approvedLimits = async (db: EntityManager): Promise<ApprovedValue[]> =>
  (await db.findBy(LimitChange, { status: 'APPROVED' })).map(toApproved);

function refuseScope(change: LimitChange): void {
  const { scope } = toApproved(change);
  const fault = faultOfScope(change.what, scope);
  if (fault) throw new InvalidInput([{ pointer: '/what', detail: `${change.what} ${fault}` }]);
  if (change.value === null && specificityOf(scope) === 0)
    throw new InvalidInput([{ pointer: '/value', detail: 'null ends an override: say which one' }]);
}

function checkedValue({ what, value }: ProposeLimitChangeRequest): number | boolean | string | null {
  if (value === null) return null;
  const fault = faultOfValue(what, value);
  if (fault) throw new InvalidInput([{ pointer: '/value', detail: `${what} ${fault}` }]);
  return value as number | boolean | string;
}

/** Today and earlier today mean "as soon as it is approved"; a day or instant before today is a mistake. */
function startOf(text: string, now: Date): Date {
  const onDay = parseDay(text);
  const at = onDay ? startOfDay(onDay) : new Date(text);
  const wrong = (detail: string) => new InvalidInput([{ pointer: '/effectiveFrom', detail }]);
  if (Number.isNaN(at.getTime())) throw wrong('is not a real day or instant');
  if (at.getTime() > now.getTime() + aheadMsMax) throw wrong('lies more than ten years ahead');
  if (at < startOfDay(dayOf(now)))
    throw wrong('lies in the past: what was granted then stays granted under the limits of then');
  return at;
}
