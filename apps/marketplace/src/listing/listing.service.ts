import type { Viewer } from '@app/auth';
import { listingChanged, listingConsentAsked } from '@app/contracts';
import { dayOf, InvalidInput, uuidv7 } from '@app/kernel';
import { addManyToOutbox, addToOutbox } from '@app/messaging';
import { type Command, idCursor, pageOf, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { type Actor, actorOf, AuditTrail } from '../audit/audit.service.js';
import { LimitService } from '../limit/limit.service.js';
import { ListingSelection, type Selection, selectedSql, valuesOf } from './listing-selection.service.js';
import { ListingNotFound, ListingNotMovable } from './listing.error.js';
import { type ListingPage, type ListingResponse, type ListingRow, toListingResponse } from './listing.response.js';
import type { WriteListingRequest } from './write-listing.request.js';

export const listingColumns = `l.id, l.owner_id as "ownerId", l.owner_name as "ownerName", l.title, l.rules,
  l.industry2 as industry, l.opens_on::text as "opensOn", l.closes_on::text as "closesOn",
  l.banks_per_entry as "banksPerEntry", l.open_per_institution as "openPerInstitution", l.status, l.entries,
  (select count(*)::integer from listing_entry e where e.listing_id = l.id and e.consent = 'CONSENTED') as consented,
  l.published_at as "publishedAt", l.closed_at as "closedAt"`;

/** Directed lists (榜单): a department publishes enterprises of an industry, and banks take them up. */
@Injectable()
export class ListingService {
  constructor(
    private readonly selection: ListingSelection,
    private readonly limits: LimitService,
    private readonly audit: AuditTrail,
  ) {}

  /** Published and closed lists, and one's own drafts; newest first. */
  async list(db: EntityManager, viewer: Viewer, { limit = 20, cursor }: PageQuery): Promise<ListingPage> {
    const rows: ListingRow[] = await db.query(
      `select ${listingColumns} from listing l
       where (l.status <> 'DRAFT' or l.owner_id = $1) and ($2::uuid is null or l.id < $2)
       order by l.id desc limit $3`,
      [viewer.organisation.id, idCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, toListingResponse, ({ id }) => [id]);
  }

  async one(db: EntityManager, viewer: Viewer, id: string): Promise<ListingResponse> {
    return toListingResponse(await this.visible(db, viewer, id));
  }

  /** @throws ListingNotFound also for another department's draft */
  async visible(db: EntityManager, viewer: Viewer, id: string): Promise<ListingRow> {
    const [row]: ListingRow[] = await db.query(`select ${listingColumns} from listing l where l.id = $1`, [id]);
    if (row && (row.status !== 'DRAFT' || row.ownerId === viewer.organisation.id)) return row;
    throw new ListingNotFound();
  }

  async draft(command: Command, request: WriteListingRequest): Promise<ListingResponse> {
    const { tx, viewer, now } = command;
    const policy = await this.limits.policyAt(tx, now);
    refuseTurned(request, now);
    const selection = await this.selection.read(tx, request, policy.maxListingEntries);
    const id = uuidv7(now);
    await tx.query(
      `insert into listing (id, owner_id, owner_name, title, rules, industry2, opens_on, closes_on, banks_per_entry,
                            open_per_institution, selection, status, entries, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'DRAFT', $12, $13, $14)`,
      [
        id,
        viewer.organisation.id,
        viewer.organisation.name,
        request.title.trim(),
        request.rules?.trim() ?? '',
        request.industry ?? null,
        request.opensOn,
        request.closesOn,
        request.banksPerEntry ?? policy.listingBanksPerEntry,
        request.openPerInstitution ?? policy.listingOpenPerInstitution,
        JSON.stringify(selection),
        await this.selection.count(tx, selection),
        viewer.personId,
        now,
      ],
    );
    await this.note(command, id, 'DRAFTED');
    return this.one(tx, viewer, id);
  }

  /** Freezes who is on it, and asks each enterprise whether it may be shown. */
  async publish(command: Command, id: string): Promise<ListingResponse> {
    const { tx, viewer, now } = command;
    const { status, selection } = await own(command, id);
    if (status !== 'DRAFT') throw new ListingNotMovable(status);
    const listing = await this.visible(tx, viewer, id);
    if (listing.closesOn < dayOf(now))
      throw new InvalidInput([{ pointer: '/closesOn', detail: 'the period of the draft is over' }]);
    const { maxListingEntries } = await this.limits.policyAt(tx, now);
    const entries = await freeze(tx, { id, selection, now, entriesMax: maxListingEntries });
    await tx.query(`update listing set status = 'PUBLISHED', published_at = $2, entries = $3 where id = $1`, [
      id,
      now,
      entries.length,
    ]);
    await this.note(command, id, 'PUBLISHED');
    const { title, ownerName: owner } = listing;
    await addManyToOutbox(
      tx,
      listingConsentAsked,
      entries.map(({ uscc, entryId }) => ({ uscc, listingId: id, entryId, title, owner })),
      now,
    );
    return this.changed(tx, viewer, id, now);
  }

  /** Ends the taking up; what was taken up goes on. */
  async close(command: Command, id: string): Promise<ListingResponse> {
    const { tx, viewer, now } = command;
    const { status } = await own(command, id);
    if (status !== 'PUBLISHED') throw new ListingNotMovable(status);
    await this.end(tx, id, actorOf(viewer), now);
    return this.one(tx, viewer, id);
  }

  /** The same for a list whose last day is over. */
  async end(tx: EntityManager, id: string, actor: Actor, now: Date): Promise<void> {
    await tx.query(`update listing set status = 'CLOSED', closed_at = $2 where id = $1`, [id, now]);
    await this.audit.record(tx, [{ rootId: id, subject: 'listing', subjectId: id, act: 'CLOSED' }], actor, now);
    await tell(tx, id, now);
  }

  private async changed(tx: EntityManager, viewer: Viewer, id: string, now: Date): Promise<ListingResponse> {
    await tell(tx, id, now);
    return this.one(tx, viewer, id);
  }

  private async note({ tx, viewer, now }: Command, id: string, act: string): Promise<void> {
    await this.audit.record(tx, [{ rootId: id, subject: 'listing', subjectId: id, act }], actorOf(viewer), now);
  }
}

async function own({ tx, viewer }: Command, id: string): Promise<{ status: string; selection: Selection }> {
  const [row]: { status: string; selection: Selection }[] = await tx.query(
    'select status, selection from listing where id = $1 and owner_id = $2 for no key update',
    [id, viewer.organisation.id],
  );
  if (!row) throw new ListingNotFound();
  return row;
}

async function tell(tx: EntityManager, id: string, now: Date): Promise<void> {
  const [row]: ListingRow[] = await tx.query(`select ${listingColumns} from listing l where l.id = $1`, [id]);
  if (!row) throw new ListingNotFound();
  const { ownerId, title, status, entries, closesOn } = row;
  await addToOutbox(tx, listingChanged, { listingId: id, ownerId, title, status, entries, closesOn }, now);
}

/** The order of the list says nothing: ids are drawn in the order of a hash, not of codes or scores. */
async function freeze(
  tx: EntityManager,
  { id, selection, now, entriesMax }: { id: string; selection: Selection; now: Date; entriesMax: number },
): Promise<{ entryId: string; uscc: string }[]> {
  const chosen: { uscc: string }[] = await tx.query(
    `select e.uscc ${selectedSql} order by md5($6 || e.uscc), e.uscc limit $7`,
    [...valuesOf(selection), id, entriesMax],
  );
  const entries = chosen.map(({ uscc }) => ({ entryId: uuidv7(now), uscc }));
  await tx.query(
    `insert into listing_entry (listing_id, id, uscc, name, district, industry2, tier, consent)
     select $1, c.id, e.uscc, e.name, e.district, e.industry2, e.tier, 'ASKED'
     from jsonb_to_recordset($2::jsonb) as c (id uuid, uscc text)
     join profiling_api.enterprise_v1 e on e.uscc = c.uscc`,
    [id, JSON.stringify(entries.map(({ entryId, uscc }) => ({ id: entryId, uscc })))],
  );
  return entries;
}

function refuseTurned({ opensOn, closesOn }: WriteListingRequest, now: Date): void {
  const wrong = (detail: string) => new InvalidInput([{ pointer: '/closesOn', detail }]);
  if (closesOn < opensOn) throw wrong('lies before opensOn');
  if (closesOn < dayOf(now)) throw wrong('lies in the past');
}
