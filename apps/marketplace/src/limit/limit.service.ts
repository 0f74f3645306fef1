import { limitChanged } from '@app/contracts';
import { dayOf, InvalidInput, must, parseDay, startOfDay, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { LimitChange } from './limit-change.entity.js';
import { LimitBelowGranted, LimitChangeDecided, LimitChangeNotFound, OwnLimitChange } from './limit.error.js';
import { toLimitChangeResponse, type LimitChangeResponse, type LimitsResponse } from './limit.response.js';
import {
  type ApprovedValue,
  belowGranted,
  faultOfValue,
  type Granted,
  inOrder,
  type Policy,
  policyAt,
} from './limit.rules.js';
import type { ProposeLimitChangeRequest } from './propose-limit-change.request.js';

/** More history than this is for the audit trail, not for a page. */
const historyMax = 100;

/** Ten years: what is planned further ahead is a slip of the pen. */
const aheadMsMax = 3_652 * 86_400_000;

/** The limits of the market as dated data: what is in force, what is planned, and who may change it. */
@Injectable()
export class LimitService {
  constructor(private readonly audit: AuditTrail) {}

  /** The limits in force at an instant, for a transaction that decides by them. */
  async policyAt(db: EntityManager, at: Date): Promise<Policy> {
    return policyAt(await approved(db), at);
  }

  async overview(db: EntityManager, now: Date): Promise<LimitsResponse> {
    const changes = await db.find(LimitChange, { order: { proposedAt: 'DESC', id: 'DESC' } });
    const standing = inOrder(changes.filter(isApproved)).filter(({ effectiveFrom }) => effectiveFrom <= now);
    const byWhat = new Map(standing.map((change) => [change.what, change as LimitChange & ApprovedValue]));
    const inForce = [...byWhat.values()];
    const planned = changes.filter((one) => one.status === 'PENDING' || (isApproved(one) && one.effectiveFrom > now));
    const shown = new Set([...inForce, ...planned].map(({ id }) => id));
    return {
      version: must(standing.at(-1), 'limits have first values').version,
      inForce: inForce.map(toLimitChangeResponse),
      planned: planned.map(toLimitChangeResponse),
      history: changes
        .filter(({ id }) => !shown.has(id))
        .slice(0, historyMax)
        .map(toLimitChangeResponse),
    };
  }

  async propose(command: Command, request: ProposeLimitChangeRequest): Promise<LimitChangeResponse> {
    const { tx, viewer, now } = command;
    const change: LimitChange = {
      id: uuidv7(now),
      what: request.what,
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
    await this.refuseBelowGranted(tx, change);
    await tx.insert(LimitChange, change);
    await this.tell(command, change, 'PROPOSED');
    return toLimitChangeResponse(change);
  }

  async approve(command: Command, id: string, note?: string): Promise<LimitChangeResponse> {
    const { tx, now } = command;
    const change = await this.undecided(command, id);
    if (change.effectiveFrom < now) change.effectiveFrom = now;
    await this.refuseBelowGranted(tx, change);
    const [{ version }]: [{ version: number }] = await tx.query(`select nextval('limit_version')::integer as version`);
    return this.decide(command, change, { status: 'APPROVED', version, note });
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
    const detail = { what, value };
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
      { changeId: id, what, value: String(value), effectiveFrom: effective, status },
      now,
    );
  }

  /** Checked when it is proposed and again when it is approved; grants that come in between make the second one refuse. */
  private async refuseBelowGranted(tx: EntityManager, change: LimitChange): Promise<void> {
    const standing = await approved(tx);
    const { what, value, effectiveFrom } = change;
    const next = { what, value, effectiveFrom, version: Number.MAX_SAFE_INTEGER };
    const before = policyAt(standing, effectiveFrom);
    const after = policyAt([...standing, next], effectiveFrom);
    const granted = await mostGranted(tx);
    const known = new Set(belowGranted(before, granted).map((one) => `${one.what} ${one.limit}`));
    const fresh = belowGranted(after, granted).filter((one) => !known.has(`${one.what} ${one.limit}`));
    if (fresh.length > 0) throw new LimitBelowGranted(fresh);
  }
}

const isApproved = (change: LimitChange): change is LimitChange & ApprovedValue => change.status === 'APPROVED';

async function approved(db: EntityManager): Promise<ApprovedValue[]> {
  return (await db.findBy(LimitChange, { status: 'APPROVED' })).filter(isApproved);
}

async function mostGranted(tx: EntityManager): Promise<Granted> {
  const [row]: [Granted] = await tx.query(`
    select coalesce((select max(taken) from need where ended_at is null), 0) as "grabsPerNeed",
           coalesce((select least(max(ceil(intended_fen::numeric * 10000 / amount_fen)), 2147483647) from need
                     where ended_at is null), 0)::integer as "subscriptionBp",
           coalesce((select max(open_grabs) from institution_counter), 0) as "openPerInstitution",
           coalesce((select max(open_grabs) from manager_counter), 0) as "openPerManager"`);
  return row;
}

function checkedValue({ what, value }: ProposeLimitChangeRequest): number | boolean | string {
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
