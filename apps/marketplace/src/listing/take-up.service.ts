import type { Viewer } from '@app/auth';
import { takeUpChanged, type TakeUpStatus } from '@app/contracts';
import { dayOf, InvalidInput, must, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, idCursor, pageOf, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { refuseOutsiders } from '../product/product.service.js';
import { ListingEntryNotFound, TakeUpNotFound, TakeUpNotMovable, TakeUpRefused } from './listing.error.js';
import { type TakeUpPage, type TakeUpResponse, type TakeUpRow, toTakeUpResponse } from './listing.response.js';
import { openTakeUps, refusalOf, takeUpMoves, type TakingUp } from './listing.rules.js';
import { ListingService } from './listing.service.js';
import type { ReportTakeUpRequest } from './report-take-up.request.js';

/** Take-ups of one bank on one list take turns, so that two at once cannot both be the last that is allowed. */
const bankLockSql = 'select pg_advisory_xact_lock(hashtextextended($1, 7042))';

const takeUpsSql = `
  select t.id, t.listing_id as "listingId", l.title as "listingTitle", t.entry_id as "entryId", e.uscc, e.name,
         e.district, e.industry2 as industry, e.tier,
         e.contact_name as "contactName", e.contact_phone as "contactPhone", e.consent,
         t.institution_code as "institutionCode", t.institution_name as "institutionName", t.status,
         t.offered_fen::text as "offeredFen", t.lent_fen::text as "lentFen", t.drawn_on::text as "drawnOn", t.reason,
         t.taken_at as "takenAt", t.contacted_at as "contactedAt", t.ended_at as "endedAt"
  from take_up t join listing l on l.id = t.listing_id
  join listing_entry e on e.listing_id = t.listing_id and e.id = t.entry_id`;

const factsSql = `
  select e.consent, e.taken,
         exists (select 1 from take_up t where t.listing_id = e.listing_id and t.entry_id = e.id
                 and t.institution_id = $3) as "hadThis",
         (select count(*)::integer from take_up t where t.listing_id = e.listing_id and t.institution_id = $3
          and t.status = any($4)) as open
  from listing_entry e where e.listing_id = $1 and e.id = $2`;

interface Dimensions {
  district: string | null;
  industry: string | null;
  tier: string | null;
}

interface OwnTakeUp {
  listingId: string;
  entryId: string;
  status: TakeUpStatus;
  takenAt: Date;
  offeredFen: string | null;
}

type EntryFacts = TakingUp['entry'] & TakingUp['bank'];

/** Banks take up entries of a list (揭榜), and report what came of them. */
@Injectable()
export class TakeUpService {
  constructor(
    private readonly listings: ListingService,
    private readonly audit: AuditTrail,
  ) {}

  /** The bank's own, newest first. */
  async list(db: EntityManager, viewer: Viewer, { limit = 20, cursor }: PageQuery): Promise<TakeUpPage> {
    refuseOutsiders(viewer);
    const rows: TakeUpRow[] = await db.query(
      `${takeUpsSql} where t.institution_id = $1 and ($2::uuid is null or t.id < $2) order by t.id desc limit $3`,
      [viewer.organisation.id, idCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, toTakeUpResponse, ({ id }) => [id]);
  }

  /** @throws TakeUpRefused with the code that says why */
  async takeUp(command: Command, listingId: string, entryId: string): Promise<TakeUpResponse> {
    const { tx, viewer, now } = command;
    refuseOutsiders(viewer);
    const { id: institutionId, code, name } = viewer.organisation;
    await tx.query(bankLockSql, [`${listingId} ${institutionId}`]);
    // A closing waits for take-ups under way, and later ones see it.
    await tx.query('select 1 from listing where id = $1 for share', [listingId]);
    const listing = await this.listings.visible(tx, viewer, listingId);
    await tx.query('select 1 from listing_entry where listing_id = $1 and id = $2 for no key update', [
      listingId,
      entryId,
    ]);
    const [facts]: EntryFacts[] = await tx.query(factsSql, [listingId, entryId, institutionId, openTakeUps]);
    if (!facts) throw new ListingEntryNotFound();
    const refusal = refusalOf({ listing, entry: facts, bank: facts, today: dayOf(now) });
    if (refusal) throw new TakeUpRefused(refusal);
    const id = uuidv7(now);
    await tx.query(
      `insert into take_up (listing_id, id, entry_id, institution_id, institution_code, institution_name, person_id,
                            status, taken_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'TAKEN', $8)`,
      [listingId, id, entryId, institutionId, code, name, viewer.personId, now],
    );
    await tx.query('update listing_entry set taken = taken + 1 where listing_id = $1 and id = $2', [
      listingId,
      entryId,
    ]);
    return this.tell(command, id, null, null);
  }

  /** The next step, in order; giving up frees the place for another bank. */
  async report(command: Command, id: string, request: ReportTakeUpRequest): Promise<TakeUpResponse> {
    const { tx, viewer, now } = command;
    refuseOutsiders(viewer);
    const { step, amountFen = null, drawnOn = null, reason = null, note } = request;
    refuseIncomplete(request, dayOf(now));
    const [row]: OwnTakeUp[] = await tx.query(
      `select listing_id as "listingId", entry_id as "entryId", status, taken_at as "takenAt",
              offered_fen::text as "offeredFen" from take_up
       where id = $1 and institution_id = $2 for no key update`,
      [id, viewer.organisation.id],
    );
    if (!row) throw new TakeUpNotFound();
    if (!takeUpMoves[row.status].includes(step)) throw new TakeUpNotMovable(row.status, step);
    if (step === 'LENT') refuseUnlikely(request, row);
    await tx.query(
      `update take_up set status = $3,
         contacted_at = case when $3 = 'CONTACTED' then $4 else contacted_at end,
         offered_at = case when $3 = 'OFFERED' then $4 else offered_at end,
         offered_fen = case when $3 = 'OFFERED' then $5::bigint else offered_fen end,
         lent_fen = case when $3 = 'LENT' then $5::bigint else lent_fen end,
         drawn_on = case when $3 = 'LENT' then $6::date else drawn_on end,
         ended_at = case when $3 in ('LENT', 'GIVEN_UP') then $4::timestamptz else ended_at end,
         reason = case when $3 = 'GIVEN_UP' then $7 else reason end
       where listing_id = $1 and id = $2`,
      [row.listingId, id, step, now, amountFen, drawnOn, reason],
    );
    if (step === 'GIVEN_UP')
      await tx.query('update listing_entry set taken = taken - 1 where listing_id = $1 and id = $2', [
        row.listingId,
        row.entryId,
      ]);
    return this.tell(command, id, row.status, note?.trim() ?? null);
  }

  private async tell(
    { tx, viewer, now }: Command,
    id: string,
    from: TakeUpStatus | null,
    note: string | null,
  ): Promise<TakeUpResponse> {
    const [found]: (TakeUpRow & Dimensions)[] = await tx.query(`${takeUpsSql} where t.id = $1`, [id]);
    const row = must(found, 'a take-up');
    const { listingId, entryId, uscc, status: to, district, industry, tier } = row;
    const detail = note === null ? {} : { note };
    await this.audit.record(
      tx,
      [{ rootId: listingId, subject: 'listing', subjectId: id, act: to, from, to, detail }],
      actorOf(viewer),
      now,
    );
    const amountFen = to === 'LENT' ? row.lentFen : to === 'OFFERED' ? row.offeredFen : null;
    const { id: institutionId, code: institutionCode } = viewer.organisation;
    const bank = { institutionId, institutionCode, personId: viewer.personId };
    const what = { uscc, listingId, entryId, takeUpId: id, from, to, amountFen, district, industry, tier };
    await addToOutbox(tx, takeUpChanged, { ...what, ...bank }, now);
    return toTakeUpResponse(row);
  }
}

/** @throws InvalidInput when a step lacks what it must say */
function refuseIncomplete({ step, amountFen, drawnOn, reason }: ReportTakeUpRequest, today: string): void {
  const wrong = (pointer: string, detail: string) => new InvalidInput([{ pointer, detail }]);
  if ((step === 'OFFERED' || step === 'LENT') && !amountFen) throw wrong('/amountFen', `is needed with ${step}`);
  if (step === 'LENT' && !drawnOn) throw wrong('/drawnOn', 'is needed with LENT');
  if (drawnOn && drawnOn > today) throw wrong('/drawnOn', 'lies in the future');
  if (step === 'GIVEN_UP' && !reason) throw wrong('/reason', 'is needed with GIVEN_UP');
}

/** What the list is credited with came of it: within what was granted, and after the taking up. @throws InvalidInput */
function refuseUnlikely({ amountFen, drawnOn }: ReportTakeUpRequest, { takenAt, offeredFen }: OwnTakeUp): void {
  const wrong = (pointer: string, detail: string) => new InvalidInput([{ pointer, detail }]);
  if (offeredFen && amountFen && BigInt(amountFen) > BigInt(offeredFen))
    throw wrong('/amountFen', 'is more than was granted');
  if (drawnOn && drawnOn < dayOf(takenAt)) throw wrong('/drawnOn', 'lies before the day of the take-up');
}
