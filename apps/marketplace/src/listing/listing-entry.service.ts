import { hasMembership, IdentityNotProved, type Viewer } from '@app/auth';
import { Clock, InvalidInput } from '@app/kernel';
import { type Command, idCursor, pageOf, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import type { AnswerListingRequest } from './answer-listing.request.js';
import type { ListEntriesQuery } from './list-entries.request.js';
import type { InvitationPage, InvitationResponse, TakerResponse } from './listing-result.response.js';
import { ListingEntryNotFound } from './listing.error.js';
import { type EntryRow, type ListingEntryPage, type ListingRow, toEntryResponse } from './listing.response.js';
import { isOver, type Looker } from './listing.rules.js';
import { ListingService } from './listing.service.js';

const entriesSql = `
  select e.id, e.uscc, e.name, e.district, e.industry2 as industry, e.tier, e.consent, e.taken,
         exists (select 1 from take_up t where t.listing_id = e.listing_id and t.entry_id = e.id
                 and t.institution_id = $6) as "tookUp"
  from listing_entry e
  where e.listing_id = $1 and ($2::uuid is null or e.id > $2) and ($3::text is null or e.district = $3)
    and ($4::text is null or e.consent = $4)
  order by e.id limit $5`;

const invitationsSql = `
  select e.id, l.id as "listingId", l.title, l.owner_name as owner, l.rules, l.opens_on::text as "opensOn",
         l.closes_on::text as "closesOn", l.status as "listingStatus", e.consent,
         coalesce((select json_agg(json_build_object('institutionName', t.institution_name, 'status', t.status,
                                                     'takenAt', t.taken_at) order by t.id)
                   from take_up t where t.listing_id = l.id and t.entry_id = e.id), '[]') as takers
  from listing_entry e join listing l on l.id = e.listing_id`;

/** Who is on a list: masked for those who look, and asked themselves whether they may be shown. */
@Injectable()
export class ListingEntries {
  constructor(
    private readonly listings: ListingService,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async list(db: EntityManager, viewer: Viewer, listingId: string, query: ListEntriesQuery): Promise<ListingEntryPage> {
    const { limit = 50, cursor, district, consent } = query;
    const after = idCursor(cursor);
    const listing = await this.listings.visible(db, viewer, listingId);
    const bank = viewer.organisation.id;
    const rows: EntryRow[] = await db.query(entriesSql, [listingId, after, district, consent, limit + 1, bank]);
    const looker = lookerOf(viewer, listing);
    const shown = { banksPerEntry: listing.banksPerEntry, over: isOver(listing, this.clock.today()) };
    return pageOf(
      rows,
      limit,
      (row) => toEntryResponse(row, looker, shown),
      ({ id }) => [id],
    );
  }

  /** The enterprise's own places on lists, newest first. */
  async mine(db: EntityManager, viewer: Viewer, { limit = 20, cursor }: PageQuery): Promise<InvitationPage> {
    const rows: InvitationResponse[] = await db.query(
      `${invitationsSql} where e.uscc = $1 and ($2::uuid is null or e.id < $2) order by e.id desc limit $3`,
      [viewer.organisation.uscc, idCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, toInvitation, ({ id }) => [id]);
  }

  /** Yes or no; a later no closes the name again to those who have not taken the entry up. */
  async answer(command: Command, entryId: string, request: AnswerListingRequest): Promise<InvitationResponse> {
    const { tx, viewer, now } = command;
    if (viewer.organisation.status !== 'ACTIVE') throw new IdentityNotProved();
    const { answer, contact } = request;
    if (answer === 'CONSENTED' && !contact)
      throw new InvalidInput([{ pointer: '/contact', detail: 'says whom a bank may call' }]);
    const [row]: { listingId: string; consent: string }[] = await tx.query(
      `select listing_id as "listingId", consent from listing_entry where id = $1 and uscc = $2 for no key update`,
      [entryId, viewer.organisation.uscc],
    );
    if (!row) throw new ListingEntryNotFound();
    await tx.query(
      `update listing_entry set consent = $3, answered_at = $4, answered_by = $5, contact_name = $6, contact_phone = $7
       where listing_id = $1 and id = $2`,
      [
        row.listingId,
        entryId,
        answer,
        now,
        viewer.personId,
        answer === 'CONSENTED' ? contact!.name.trim() : null,
        answer === 'CONSENTED' ? contact!.phone.trim() : null,
      ],
    );
    await this.audit.record(
      tx,
      [{ rootId: row.listingId, subject: 'listing', subjectId: entryId, act: answer, from: row.consent, to: answer }],
      actorOf(viewer),
      now,
    );
    const [invitation]: InvitationResponse[] = await tx.query(`${invitationsSql} where e.id = $1`, [entryId]);
    if (!invitation) throw new ListingEntryNotFound();
    return toInvitation(invitation);
  }
}

export const lookerOf = (viewer: Viewer, listing: ListingRow): Looker => ({
  ownsListing: listing.ownerId === viewer.organisation.id,
  isBank: viewer.organisation.kind === 'institution' && hasMembership(viewer, 'MARKETPLACE'),
});

const toTaker = ({ institutionName, status, takenAt }: TakerResponse): TakerResponse => ({
  institutionName,
  status,
  takenAt: new Date(takenAt).toISOString(),
});

const toInvitation = (row: InvitationResponse): InvitationResponse => ({
  id: row.id,
  listingId: row.listingId,
  title: row.title,
  owner: row.owner,
  rules: row.rules,
  opensOn: row.opensOn,
  closesOn: row.closesOn,
  listingStatus: row.listingStatus,
  consent: row.consent,
  takers: row.takers.map(toTaker),
});
