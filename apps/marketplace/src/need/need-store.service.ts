import { addToOutbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager, ObjectLiteral } from 'typeorm';

import { type Actor, AuditTrail } from '../audit/audit.service.js';
import { Grab } from '../grab/grab.entity.js';
import { GrabNotFound, NeedNotFound } from '../grab/grab.error.js';
import { LimitService } from '../limit/limit.service.js';
import { Offer } from '../offer/offer.entity.js';
import { LineService } from '../waiting/line.service.js';
import { NeedFile } from './need-file.service.js';
import { Need } from './need.entity.js';
import { isOpenGrab, scopeOfNeed } from './need.rules.js';

interface Opened {
  need: Need;
  grabs: Map<string, Grab>;
  offers: Map<string, Offer>;
}

/** Opens a need's file under its lock and writes back what changed, counters, trail and events with it. */
@Injectable()
export class NeedStore {
  /** Each file as it was read, to see what changed. */
  private readonly opened = new WeakMap<NeedFile, Opened>();

  constructor(
    private readonly audit: AuditTrail,
    private readonly limits: LimitService,
    private readonly line: LineService,
  ) {}

  /**
   * Locks the need, then reads its cases and offers as they are under that lock.
   * @throws NeedNotFound
   */
  async open(tx: EntityManager, needId: string): Promise<NeedFile> {
    const file = await this.tryOpen(tx, needId);
    if (!file) throw new NeedNotFound();
    return file;
  }

  /** The same; undefined when there is none, or, with `skipLocked`, when somebody else is at it. */
  async tryOpen(tx: EntityManager, needId: string, skipLocked = false): Promise<NeedFile | undefined> {
    const need = await tx.findOne(Need, {
      where: { id: needId },
      lock: { mode: 'for_no_key_update', ...(skipLocked && { onLocked: 'skip_locked' as const }) },
    });
    if (!need) return undefined;
    const grabs = await tx.find(Grab, { where: { needId }, order: { id: 'ASC' } });
    const offers = await tx.find(Offer, { where: { needId }, order: { id: 'ASC' } });
    const file = new NeedFile(need, grabs, offers);
    this.opened.set(file, { need: copyOf(need), grabs: copiesOf(grabs), offers: copiesOf(offers) });
    return file;
  }

  /**
   * Opens the file of a case of this institution.
   * @throws GrabNotFound also for another institution's case
   */
  async openCase(tx: EntityManager, grabId: string, institutionId: string): Promise<{ file: NeedFile; grab: Grab }> {
    const found = await tx.findOne(Grab, { where: { id: grabId, institutionId }, select: { needId: true, id: true } });
    if (!found) throw new GrabNotFound();
    const file = await this.open(tx, found.needId);
    return { file, grab: file.grab(grabId) };
  }

  /** Settles the need's state and writes everything that changed. The file must not be used afterwards. */
  async save(tx: EntityManager, file: NeedFile, actor: Actor, now: Date): Promise<void> {
    const before = this.opened.get(file)!;
    const { need } = file;
    file.settle(await this.limits.policyAt(tx, now, scopeOfNeed(need)), now);
    await this.line.settle(tx, need, now);
    await updateChanged(tx, Need, { id: need.id }, before.need, need);
    for (const grab of file.grabs)
      await updateChanged(tx, Grab, { needId: need.id, id: grab.id }, before.grabs.get(grab.id), grab);
    // A replaced offer makes room before the new one comes: a case has one standing offer.
    for (const offer of file.offers)
      await updateChanged(tx, Offer, { needId: need.id, id: offer.id }, before.offers.get(offer.id), offer);
    for (const offer of file.newOffers) await tx.insert(Offer, offer);
    await this.count(tx, before, file);
    await this.audit.record(tx, file.acts, actor, now);
    for (const { event, data } of file.told) await addToOutbox(tx, event, data as never, now);
  }

  /** Counters of banks, then of managers, each ascending: the lock order of the house. */
  private async count(tx: EntityManager, before: Opened, file: NeedFile): Promise<void> {
    const institutions = new Map<string, number>();
    const managers = new Map<string, number>();
    const add = (counters: Map<string, number>, id: string, by: number) =>
      counters.set(id, (counters.get(id) ?? 0) + by);
    for (const grab of file.grabs)
      for (const [state, by] of [
        [before.grabs.get(grab.id)!, -1],
        [grab, 1],
      ] as const) {
        if (!isOpenGrab(state.status)) continue;
        add(institutions, state.institutionId, by);
        add(managers, state.managerId, by);
      }
    await addToCounters(tx, 'institution_counter', institutions);
    await addToCounters(tx, 'manager_counter', managers);
  }
}

const copyOf = <T extends object>(row: T): T => Object.assign({}, row);
const copiesOf = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, copyOf(row)]));

async function addToCounters(tx: EntityManager, table: string, deltas: ReadonlyMap<string, number>): Promise<void> {
  const changed = [...deltas].filter(([, by]) => by !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [id, by] of changed) {
    await tx.query(`insert into ${table} (id) values ($1) on conflict (id) do nothing`, [id]);
    await tx.query(`update ${table} set open_grabs = open_grabs + $2 where id = $1`, [id, by]);
  }
}

/** Writes the columns whose values are others than when they were read. */
async function updateChanged<T extends ObjectLiteral>(
  tx: EntityManager,
  entity: new () => T,
  key: object,
  before: T | undefined,
  after: T,
): Promise<void> {
  if (!before) return;
  const changed = Object.entries(after).filter(([name, value]) => !same(value, before[name as keyof T]));
  if (changed.length > 0) await tx.update(entity, key, Object.fromEntries(changed) as never);
}

const same = (a: unknown, b: unknown): boolean =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
