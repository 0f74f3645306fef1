import type { Viewer } from '@app/auth';
import { waitingChanged } from '@app/contracts';
import { fen, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, idCursor, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThan } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { DrawPending, NeedNotFound, refusalError } from '../grab/grab.error.js';
import type { GrabRequest, LaneState, LockedNeed, Refusal } from '../grab/lane.rules.js';
import { scopeOfNeed } from '../need/need.rules.js';
import { refuseOutsiders } from '../product/product.service.js';
import { Entry } from './entry.entity.js';
import { actOfEntry, waitingData } from './entry.event.js';
import { type EntryPage, type EntryResponse, toEntryResponse } from './entry.response.js';
import { refusalOfJoin } from './join.rules.js';
import type { ListEntriesQuery } from './list-entries.request.js';
import { requestOfEntry, TurnStore } from './turn-store.service.js';
import { FairWindowOpen, LineFull, NotInLine, PlacesLeft, WaitingLimit } from './waiting.error.js';

const aheadSql = `
  select e.id, (select count(*) from entry as before
                where before.need_id = e.need_id and before.status = 'WAITING' and before.line_no < e.line_no)::integer as ahead
  from entry as e where e.institution_id = $1 and e.id = any($2::uuid[]) and e.status = 'WAITING'`;

/** Lines of full needs: banks join and leave them; whose turn has come is the TurnService's business. */
@Injectable()
export class EntryService {
  constructor(
    private readonly store: TurnStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Joins the line at its end, when a grab may find no room and nothing else speaks against it. */
  async join(command: Command, needId: string, intendedFen: string): Promise<EntryResponse> {
    const { tx, viewer, now } = command;
    refuseOutsiders(viewer);
    if (!(await this.store.lock(tx, needId))) throw new NeedNotFound();
    const entry = await this.entryOf(command, needId, intendedFen);
    const request = requestOfEntry(entry, 'GRAB', now);
    const state = await this.store.state(tx, needId, [request], now);
    refuseRoom(state, request);
    await this.refuseLong(tx, state, request);
    await tx.insert(Entry, entry);
    await tx.query('update need set waiting = waiting + 1, line_seen_at = null where id = $1', [needId]);
    await this.tell(command, state.needs.get(needId)!.uscc, entry, null);
    return this.shown(tx, entry);
  }

  /** Leaves the line, or takes a sealed entry back before the draw. */
  async leave(command: Command, needId: string): Promise<EntryResponse> {
    const { tx, viewer, now } = command;
    refuseOutsiders(viewer);
    const need = await this.store.lock(tx, needId);
    const entry =
      need &&
      (await tx.findOneBy(Entry, {
        needId,
        institutionId: viewer.organisation.id,
        status: In(['SEALED', 'WAITING']),
      }));
    if (!entry) throw new NotInLine();
    const from = entry.status;
    if (from === 'SEALED' && need.sealedUntil && now > need.sealedUntil) throw new DrawPending();
    Object.assign(entry, { status: 'LEFT', endedAt: now });
    await tx.update(Entry, { needId, id: entry.id }, { status: 'LEFT', endedAt: now });
    if (from === 'WAITING')
      await tx.query('update need set waiting = waiting - 1, line_seen_at = null where id = $1', [needId]);
    await this.tell(command, need.uscc, entry, from);
    return this.shown(tx, entry);
  }

  /** The institution's own entries, newest first. */
  async list(db: EntityManager, viewer: Viewer, { limit = 50, cursor, status }: ListEntriesQuery): Promise<EntryPage> {
    refuseOutsiders(viewer);
    const after = idCursor(cursor);
    const entries = await db.find(Entry, {
      where: {
        institutionId: viewer.organisation.id,
        ...(after !== null && { id: LessThan(after) }),
        ...(status && { status }),
      },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const ahead = await aheadOf(db, viewer.organisation.id, entries);
    return pageOf(
      entries,
      limit,
      (entry) => toEntryResponse(entry, ahead.get(entry.id) ?? 0),
      ({ id }) => [id],
    );
  }

  private async entryOf({ tx, viewer, now }: Command, needId: string, intendedFen: string): Promise<Entry> {
    const [{ last }]: [{ last: number }] = await tx.query(
      'select coalesce(max(line_no), 0)::integer as last from entry where need_id = $1',
      [needId],
    );
    const { organisation } = viewer;
    return {
      needId: needId.toLowerCase(),
      id: uuidv7(now),
      institutionId: organisation.id,
      institutionCode: organisation.code,
      institutionName: organisation.name,
      managerId: viewer.personId,
      intendedFen: fen(intendedFen),
      status: 'WAITING',
      nonceHash: null,
      enteredAt: now,
      lineNo: last + 1,
      drawRank: null,
      grabId: null,
      endedAt: null,
      reason: null,
    };
  }

  /** @throws LineFull, WaitingLimit */
  private async refuseLong(tx: EntityManager, state: LaneState, request: GrabRequest): Promise<void> {
    const need = state.needs.get(request.needId)!;
    const bank = state.institutions.get(request.institutionId)!;
    const scope = { ...scopeOfNeed(need), institution: bank.id, grade: bank.grade };
    const { maxWaitingPerNeed, maxWaitingPerInstitution } = state.limits.at(request.now, scope);
    if (need.waiting >= maxWaitingPerNeed) throw new LineFull(maxWaitingPerNeed);
    const waiting = await tx.countBy(Entry, { institutionId: bank.id, status: 'WAITING' });
    if (waiting >= maxWaitingPerInstitution) throw new WaitingLimit(maxWaitingPerInstitution);
  }

  private async tell(
    { tx, viewer, now }: Command,
    uscc: LockedNeed['uscc'],
    entry: Entry,
    from: Entry['status'] | null,
  ): Promise<void> {
    await this.audit.record(tx, [actOfEntry(entry, from)], actorOf(viewer), now);
    await addToOutbox(tx, waitingChanged, waitingData(uscc, entry, from), now);
  }

  private async shown(db: EntityManager, entry: Entry): Promise<EntryResponse> {
    const ahead = await aheadOf(db, entry.institutionId, [entry]);
    return toEntryResponse(entry, ahead.get(entry.id) ?? 0);
  }
}

/** How many banks stand before each entry of a bank; entries that do not wait are left out. */
async function aheadOf(db: EntityManager, bank: string, entries: readonly Entry[]): Promise<Map<string, number>> {
  const rows: { id: string; ahead: number }[] = await db.query(aheadSql, [bank, entries.map(({ id }) => id)]);
  return new Map(rows.map(({ id, ahead }) => [id, ahead]));
}

/** @throws PlacesLeft, FairWindowOpen, and what would refuse the grab */
function refuseRoom(state: LaneState, request: GrabRequest): void {
  const refusal = refusalOfJoin(state, request);
  if (!refusal) return;
  if (refusal.code === 'PLACES_LEFT') throw new PlacesLeft();
  if (refusal.code === 'FAIR_WINDOW_OPEN') throw new FairWindowOpen();
  throw refusalError(refusal as Refusal);
}
