import { IdentityNotProved, type Viewer } from '@app/auth';
import { Clock, normaliseUscc } from '@app/kernel';
import { decodeCursor, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { RecordUnknown } from '../correction/overlay.error.js';
import { DutyLog } from './duty-log.service.js';
import type { ReadRecordsQuery, ReadVersionsQuery } from './read-records.request.js';
import { shownFields, type Sight } from './record-view.rules.js';
import {
  type RecordAsOfRow,
  type RecordPage,
  type RecordVersionPage,
  toRecordResponse,
  toRecordVersionResponse,
  type VersionRow,
} from './record.response.js';

/**
 * The last version here that had arrived by then, unless it was a withdrawal or the record had moved on to another
 * enterprise by then; with the correction that lay over it then. Batches of a feed are worked on in the order of
 * arrival, so that the arrival of its batch is when a version was known.
 */
const asOfSql = `
  select r.*, f.feed, f.title as feed_title, r.event_date::text, r.report_date::text, c.id as correction_id, c.fields as overlay_fields
  from (
    select distinct on (feed_id, record_key) * from record
    where uscc = $1 and feed_id = any($2) and received_at <= $3
      and ($4::int is null or (feed_id, record_key) > ($4, $5))
    order by feed_id, record_key, version desc
  ) r
  join feed f on f.id = r.feed_id
  left join correction c on c.feed_id = r.feed_id and c.record_key = r.record_key and c.uscc = r.uscc
    and c.active_from <= $3 and (c.active_until is null or c.active_until > $3)
    and (c.ended_by_version is null or r.version < c.ended_by_version)
  where r.op <> 'D' and not exists (
    select from record_move m join record n on n.uscc = m.uscc_to and n.feed_id = m.feed_id
      and n.record_key = m.record_key and n.version = m.version
    where m.feed_id = r.feed_id and m.record_key = r.record_key and m.uscc_from = r.uscc and m.version > r.version
      and n.received_at <= $3)
  order by r.feed_id, r.record_key limit $6`;

const versionsSql = `
  select r.*, f.feed, r.event_date::text, r.report_date::text, b.reference, b.origin,
         h.version = r.version and not h.withdrawn as in_force
  from (
    select uscc from record_head where feed_id = $1 and record_key = $2
    union select uscc_from from record_move where feed_id = $1 and record_key = $2
    union select uscc_to from record_move where feed_id = $1 and record_key = $2
  ) w
  cross join lateral (
    select * from record where uscc = w.uscc and feed_id = $1 and record_key = $2 and ($3::int is null or version < $3)
    order by version desc limit $4
  ) r
  join feed f on f.id = r.feed_id
  join record_head h on h.feed_id = $1 and h.record_key = $2
  left join batch b on b.id = r.batch_id
  where $5::text is null or r.uscc = $5
  order by r.version desc limit $4`;

/** Records as they are and as they were known. */
@Injectable()
export class Records {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly contracts: Contracts,
    private readonly duty: DutyLog,
  ) {}

  /** @throws RecordUnknown, IdentityNotProved, FeedUnknown, NotYourFeed */
  async asOf(viewer: Viewer, query: ReadRecordsQuery): Promise<RecordPage> {
    const uscc = normaliseUscc(query.uscc);
    refuseStrangers(viewer, uscc);
    const feeds = this.feedsOf(viewer, query.feed);
    return this.duty.reading(viewer, { uscc, act: 'RECORDS' }, (tx) => this.readAsOf(tx, viewer, { query, feeds }));
  }

  /** @throws RecordUnknown also for a record that never was this enterprise's */
  async versions(viewer: Viewer, query: ReadVersionsQuery): Promise<RecordVersionPage> {
    const [contract] = this.feedsOf(viewer, query.feed);
    if (!contract) throw new RecordUnknown();
    const own = viewer.organisation.kind === 'enterprise' ? (viewer.organisation.uscc ?? '') : null;
    if (own !== null) refuseStrangers(viewer, own);
    const uscc = await this.holderOf(contract.feed, query.recordKey);
    return this.duty.reading(viewer, { uscc, act: 'RECORD_VERSIONS' }, (tx) =>
      this.readVersions(tx, viewer, { query, contract, own }),
    );
  }

  /** Whose record it is now. @throws RecordUnknown */
  async holderOf(feed: string, recordKey: string): Promise<string> {
    const [head]: { uscc: string }[] = await this.db.query(
      'select uscc from record_head where feed_id = $1 and record_key = $2',
      [this.contracts.idOf(feed), recordKey],
    );
    if (!head) throw new RecordUnknown();
    return head.uscc;
  }

  private async readAsOf(
    tx: EntityManager,
    viewer: Viewer,
    { query, feeds }: { query: ReadRecordsQuery; feeds: Contract[] },
  ): Promise<RecordPage> {
    const limit = query.limit ?? pageRowsMax;
    const at = query.asOf === undefined ? this.clock.now() : new Date(query.asOf);
    const [feedId, key] = decodeCursor(query.cursor, 2) ?? [null, null];
    const ids = feeds.map(({ feed }) => this.contracts.idOf(feed));
    const rows: RecordAsOfRow[] = await tx.query(asOfSql, [
      normaliseUscc(query.uscc),
      ids,
      at,
      typeof feedId === 'number' ? feedId : null,
      key === null ? null : String(key),
      limit + 1,
    ]);
    const contracts = new Map(feeds.map((contract) => [contract.feed, contract]));
    const show = (row: RecordAsOfRow) => {
      const overlay = row.overlay_fields && { fields: row.overlay_fields };
      const record = { eventDate: row.event_date, fields: row.fields, overlay };
      return toRecordResponse(row, shownFields(contracts.get(row.feed)!, record, this.sightOf(viewer)));
    };
    const page = pageOf(rows, limit, show, ({ feed_id, record_key }) => [feed_id, record_key]);
    return { asOf: at.toISOString(), ...page };
  }

  private async readVersions(
    tx: EntityManager,
    viewer: Viewer,
    { query, contract, own }: { query: ReadVersionsQuery; contract: Contract; own: string | null },
  ): Promise<RecordVersionPage> {
    const limit = query.limit ?? pageRowsMax;
    const before = decodeCursor(query.cursor, 1)?.[0];
    const rows: VersionRow[] = await tx.query(versionsSql, [
      this.contracts.idOf(contract.feed),
      query.recordKey,
      typeof before === 'number' ? before : null,
      limit + 1,
      own,
    ]);
    if (rows.length === 0 && before === undefined) throw new RecordUnknown();
    const show = (row: VersionRow) => {
      const record = { eventDate: row.event_date, fields: row.fields, overlay: null };
      return toRecordVersionResponse(row, shownFields(contract, record, this.sightOf(viewer)));
    };
    const columns = contract.columns.map(({ name, header, type }) => ({ name, header, type }));
    return { columns, ...pageOf(rows, limit, show, ({ version }) => [version]) };
  }

  /** An enterprise sees all feeds, about itself; the others what they may use. */
  private feedsOf(viewer: Viewer, feed: string | undefined): Contract[] {
    if (viewer.organisation.kind === 'enterprise')
      return feed === undefined ? this.contracts.all() : [this.contracts.of(feed)];
    return feed === undefined ? this.contracts.visibleTo(viewer) : [this.contracts.usedBy(viewer, feed)];
  }

  private sightOf(viewer: Viewer): { sight: Sight; today: ReturnType<Clock['today']> } {
    return { sight: viewer.organisation.kind === 'enterprise' ? 'OWN' : 'WHOLE', today: this.clock.today() };
  }
}

/** Another enterprise's records do not exist for an enterprise, and nothing is shown before it is proved who asks. */
export function refuseStrangers({ organisation }: Viewer, uscc: string): void {
  if (organisation.kind !== 'enterprise') return;
  if (organisation.uscc !== uscc) throw new RecordUnknown();
  if (organisation.status !== 'ACTIVE') throw new IdentityNotProved();
}
