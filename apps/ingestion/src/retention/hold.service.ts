import type { Viewer } from '@app/auth';
import { dayOf, InvalidInput, normaliseUscc, uuidv7 } from '@app/kernel';
import { type Command, idCursor, type Page, pageOf, PageQuery, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';
import { SamePerson } from '../correction/overlay.error.js';
import { holdLock, keyHash } from './deletion.service.js';
import { listLooks } from './due-list.driver.js';
import type { ListProofsQuery, PlaceHoldRequest, ReleaseHoldRequest } from './place-hold.request.js';
import { HoldReleased, HoldUnknown } from './retention.error.js';
import {
  type HoldResponse,
  type HoldRow,
  type ProofResponse,
  type ProofRow,
  toHoldResponse,
  toProofResponse,
} from './retention.response.js';

const holdColumns = `id, kind, uscc, feed, record_key, until::text, reason, document, placed_by, placed_at, released_by,
  released_at, release_reason`;

/** What keeps records beyond their term, and what went. */
@Injectable()
export class Holds {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
  ) {}

  /** Once it is answered, nothing that it covers is deleted. @throws InvalidInput, FeedUnknown */
  async place({ tx, viewer, now }: Command, request: PlaceHoldRequest): Promise<HoldResponse> {
    const { kind, uscc, feed, recordKey, until, reason, document } = request;
    if (uscc === undefined && feed === undefined) throw wrong('/uscc', 'name an enterprise or a feed');
    if (recordKey !== undefined && feed === undefined) throw wrong('/feed', 'a record is one of a feed');
    if (kind === 'DUTY' && until === undefined) throw wrong('/until', 'a duty has a last day');
    if (feed !== undefined) this.contracts.of(feed);
    await tx.query('select pg_advisory_xact_lock($1)', [holdLock]);
    const id = uuidv7(now);
    await tx.query(
      `insert into hold (id, kind, uscc, feed, record_key, until, reason, document, placed_by, placed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        kind,
        uscc === undefined ? null : normaliseUscc(uscc),
        feed ?? null,
        recordKey ?? null,
        until ?? null,
        reason,
        document,
        viewer.personId,
        now,
      ],
    );
    return toHoldResponse(await rowOf(tx, id));
  }

  /** By another person than the one who placed it. @throws HoldUnknown, HoldReleased, SamePerson */
  async release({ tx, viewer, now }: Command, id: string, { reason }: ReleaseHoldRequest): Promise<HoldResponse> {
    await tx.query('select 1 from hold where id = $1 for update', [id]);
    const hold = await rowOf(tx, id);
    if (hold.released_at) throw new HoldReleased();
    if (hold.placed_by === viewer.personId) throw new SamePerson();
    await tx.query('update hold set released_by = $2, released_at = $3, release_reason = $4 where id = $1', [
      id,
      viewer.personId,
      now,
      reason,
    ]);
    await this.lookAgain(tx, hold, now);
    return toHoldResponse(await rowOf(tx, id));
  }

  /** What the hold has kept may be over for long: it is on the list from today on. */
  private async lookAgain(tx: EntityManager, { feed, uscc, record_key }: HoldRow, now: Date): Promise<void> {
    const feedId = feed === null ? null : this.contracts.idOf(feed);
    if (uscc === null && record_key === null)
      await tx.query('update retention_round set listed_until = null, walking_until = null where feed = $1', [feed]);
    else if (uscc === null) await listLooks(tx, feedId!, [{ key: record_key!, on: dayOf(now) }]);
    else
      await tx.query(
        `insert into retention_due (look_on, feed_id, record_key)
         select distinct $1::date, feed_id, record_key from record
         where uscc = $2 and ($3::smallint is null or feed_id = $3) and ($4::text is null or record_key = $4)
         on conflict do nothing`,
        [dayOf(now), uscc, feedId, record_key],
      );
  }

  async list(query: PageQuery): Promise<Page<HoldResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const rows: HoldRow[] = await this.db.query(
      `select ${holdColumns} from hold where $1::uuid is null or id < $1 order by id desc limit $2`,
      [idCursor(query.cursor), limit + 1],
    );
    return pageOf(rows, limit, toHoldResponse, ({ id }) => [id]);
  }

  /** A source sees those of its own feeds. */
  async proofs(viewer: Viewer, query: ListProofsQuery): Promise<Page<ProofResponse>> {
    const limit = query.limit ?? pageRowsMax;
    if (query.recordKey !== undefined && query.feed === undefined) throw wrong('/feed', 'a record is one of a feed');
    const feeds = this.contracts.visibleTo(viewer).map(({ feed }) => feed);
    const hash = query.recordKey === undefined ? null : keyHash(query.feed!, query.recordKey);
    const rows: ProofRow[] = await this.db.query(
      `select id, feed, action, records, versions, lower(last_days)::text as first_day,
              (upper(last_days) - 1)::text as last_day, key_hashes, keys_hash, contract_version, rule, done_at
       from retention_proof
       where feed = any($1) and ($2::text is null or feed = $2) and ($3::text is null or key_hashes @> array[$3])
         and ($4::uuid is null or id < $4)
       order by id desc limit $5`,
      [feeds, query.feed ?? null, hash, idCursor(query.cursor), limit + 1],
    );
    return pageOf(rows, limit, toProofResponse, ({ id }) => [id]);
  }
}

async function rowOf(tx: EntityManager, id: string): Promise<HoldRow> {
  const [row]: HoldRow[] = await tx.query(`select ${holdColumns} from hold where id = $1`, [id]);
  if (!row) throw new HoldUnknown();
  return row;
}

const wrong = (pointer: string, detail: string): InvalidInput => new InvalidInput([{ pointer, detail }]);
