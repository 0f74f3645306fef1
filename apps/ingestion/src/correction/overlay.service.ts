import { hasRole } from '@app/auth';
import { recordsChanged } from '@app/contracts';
import { type Day, dayOf, InvalidInput, type Uscc, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { Contracts } from '../contract/contract.service.js';
import { listLooks } from '../retention/due-list.driver.js';
import { writePublicity } from '../retention/publicity.driver.js';
import { hasPublicityEnd } from '../retention/publicity.rules.js';
import { faultTexts } from '../row/fault.rules.js';
import { OverlayQuery } from './overlay-query.service.js';
import { CorrectionOpen, NotToDecide, RecordChanged, RecordUnknown, SamePerson } from './overlay.error.js';
import { type CorrectionRow, type OverlayResponse, toOverlayResponse } from './overlay.response.js';
import { correctedFields, endedBy, type FieldFault, type Fields, type Overlay } from './overlay.rules.js';
import type { DecideRequest, ProposeOverlayRequest, TakeBackRequest } from './propose-overlay.request.js';

interface HeadRow {
  uscc: string;
  version: number;
  withdrawn: boolean;
  overlay: Overlay | null;
  event_date: string;
  fields: Fields;
  batch_id: string;
}

/** More fields than any feed has. */
const fieldsMax = 100;

/** Corrections over records: proposed by one person, put into force and taken back by another. */
@Injectable()
export class Overlays {
  constructor(
    private readonly contracts: Contracts,
    private readonly query: OverlayQuery,
  ) {}

  /** @throws FeedUnknown, NotYourFeed, RecordUnknown, RecordChanged, CorrectionOpen, InvalidInput */
  async propose(command: Command, request: ProposeOverlayRequest): Promise<OverlayResponse> {
    const { tx, viewer, now } = command;
    const contract = this.contracts.usedBy(viewer, request.feed);
    const head = await this.head(command, request.feed, request.recordKey);
    if (head.withdrawn || head.version !== request.version) throw new RecordChanged();
    const names = Object.keys(request.fields);
    if (names.length === 0 || names.length > fieldsMax) throw refusedFields([]);
    const context = { eventDate: head.event_date, today: dayOf(now) };
    const read = correctedFields(contract, request.fields, { fields: head.fields, context });
    if (Array.isArray(read)) throw refusedFields(read);
    const id = uuidv7(now);
    const made: unknown[] = await tx.query(
      `insert into correction (id, feed_id, record_key, uscc, version, fields, raw, basis, reason, document, status,
                               proposed_by, proposed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'PROPOSED', $11, $12)
       on conflict (feed_id, record_key) where status in ('PROPOSED', 'ACTIVE', 'BACK_PROPOSED') do nothing
       returning id`,
      [
        id,
        this.contracts.idOf(request.feed),
        request.recordKey,
        head.uscc,
        head.version,
        JSON.stringify(read.fields),
        JSON.stringify(read.raw),
        hasRole(viewer, 'operator') ? 'ENTERPRISE_REQUEST' : 'SOURCE',
        request.reason,
        request.document,
        viewer.personId,
        now,
      ],
    );
    if (made.length === 0) throw new CorrectionOpen();
    return this.answer(command, id);
  }

  /** @throws CorrectionUnknown, NotToDecide, SamePerson, RecordChanged */
  async decide(command: Command, id: string, { approve, note }: DecideRequest): Promise<OverlayResponse> {
    const { tx, viewer, now } = command;
    const row = await this.query.row(tx, viewer, id);
    const head = approve ? await this.head(command, row.feed, row.record_key) : undefined;
    await this.step(command, row, { from: 'PROPOSED', proposedBy: row.proposed_by });
    await tx.query(
      `update correction set status = $2, decided_by = $3, decided_at = $4, decision_note = $5,
         active_from = case when $6 then $4::timestamptz end where id = $1`,
      [id, approve ? 'ACTIVE' : 'REJECTED', viewer.personId, now, note ?? null, approve],
    );
    if (head) await this.layOver(command, row, head);
    return this.answer(command, id);
  }

  /** @throws CorrectionUnknown, NotToDecide */
  async takeBack(command: Command, id: string, { reason }: TakeBackRequest): Promise<OverlayResponse> {
    const { tx, viewer, now } = command;
    const row = await this.query.row(tx, viewer, id);
    await this.step(command, row, { from: 'ACTIVE', proposedBy: null });
    await tx.query(
      `update correction set status = 'BACK_PROPOSED', back_reason = $2, back_proposed_by = $3, back_proposed_at = $4,
         back_decided_by = null, back_decided_at = null, back_note = null where id = $1`,
      [id, reason, viewer.personId, now],
    );
    return this.answer(command, id);
  }

  /** @throws CorrectionUnknown, NotToDecide, SamePerson */
  async decideTakingBack(command: Command, id: string, { approve, note }: DecideRequest): Promise<OverlayResponse> {
    const { tx, viewer, now } = command;
    const row = await this.query.row(tx, viewer, id);
    // The head first, as parts do: whoever waits for it finds out afterwards whether the source was quicker.
    const head = await this.head(command, row.feed, row.record_key);
    await this.step(command, row, { from: 'BACK_PROPOSED', proposedBy: row.back_proposed_by });
    await tx.query(
      `update correction set status = $2, back_decided_by = $3, back_decided_at = $4, back_note = $5,
         active_until = case when $6 then $4::timestamptz end where id = $1`,
      [id, approve ? 'TAKEN_BACK' : 'ACTIVE', viewer.personId, now, note ?? null, approve],
    );
    if (approve) await this.setOverlay(command, row, head, null);
    return this.answer(command, id);
  }

  /** Locks the correction and looks whether it still stands where it did. */
  private async step(
    { tx, viewer }: Command,
    row: CorrectionRow,
    { from, proposedBy }: { from: CorrectionRow['status']; proposedBy: string | null },
  ): Promise<void> {
    const [now]: { status: string }[] = await tx.query('select status from correction where id = $1 for update', [
      row.id,
    ]);
    if (now?.status !== from) throw new NotToDecide();
    if (proposedBy === viewer.personId) throw new SamePerson();
  }

  /** The source may have sent another version since it was proposed: as long as that repeats the value, it holds. */
  private async layOver(command: Command, row: CorrectionRow, head: HeadRow): Promise<void> {
    const overlay = { id: row.id, uscc: row.uscc, fields: row.fields, raw: row.raw } as Overlay;
    if (head.withdrawn || endedBy(overlay, { ...head, op: 'U' }) !== null) throw new RecordChanged();
    await this.setOverlay(command, row, head, overlay);
  }

  /** The same event as for a new version: whoever computes from the record looks again. */
  private async setOverlay(
    { tx, now }: Command,
    row: CorrectionRow,
    head: HeadRow,
    overlay: Overlay | null,
  ): Promise<void> {
    const feedId = this.contracts.idOf(row.feed);
    await tx.query('update record_head set overlay = $3 where feed_id = $1 and record_key = $2', [
      feedId,
      row.record_key,
      overlay && JSON.stringify(overlay),
    ]);
    const contract = this.contracts.of(row.feed);
    const shown = { key: row.record_key, uscc: head.uscc, version: head.version, fields: head.fields, overlay };
    if (hasPublicityEnd(contract))
      await writePublicity(tx, { feedId, contract, now }, [{ ...shown, eventDate: head.event_date as Day }]);
    // A term may count from what was corrected: whoever deletes looks at it anew.
    await listLooks(tx, feedId, [{ key: row.record_key, on: dayOf(now) }]);
    const event = { uscc: head.uscc as Uscc, feed: row.feed, batchId: head.batch_id, records: 1 };
    await addToOutbox(tx, recordsChanged, event, now);
  }

  /** Under its row lock: no part changes it before this command has ended. @throws RecordUnknown */
  private async head({ tx }: Command, feed: string, recordKey: string): Promise<HeadRow> {
    const feedId = this.contracts.idOf(feed);
    const [locked]: Omit<HeadRow, 'event_date' | 'fields' | 'batch_id'>[] = await tx.query(
      'select uscc, version, withdrawn, overlay from record_head where feed_id = $1 and record_key = $2 for update',
      [feedId, recordKey],
    );
    if (!locked) throw new RecordUnknown();
    const [record]: Pick<HeadRow, 'event_date' | 'fields' | 'batch_id'>[] = await tx.query(
      `select event_date::text, fields, batch_id from record
       where uscc = $1 and feed_id = $2 and record_key = $3 and version = $4`,
      [locked.uscc, feedId, recordKey, locked.version],
    );
    return { ...locked, ...record! };
  }

  private async answer({ tx, viewer }: Command, id: string): Promise<OverlayResponse> {
    return toOverlayResponse(await this.query.row(tx, viewer, id));
  }
}

function refusedFields(faults: FieldFault[]): InvalidInput {
  if (faults.length === 0)
    return new InvalidInput([{ pointer: '/fields', detail: `must name 1 to ${fieldsMax} fields` }]);
  return new InvalidInput(
    faults.map(({ field, code }) => ({
      pointer: `/fields/${field}`,
      detail: code === 'SAME_AS_RAW' ? 'is what the source says already' : `${code}: ${faultTexts[code].en}`,
    })),
  );
}
