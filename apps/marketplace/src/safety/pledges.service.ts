import type { Viewer } from '@app/auth';
import { uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Flags } from './flags.service.js';
import { assetText } from './mark.rules.js';
import { Marker } from './marker.driver.js';
import { type NotedCase, Notes } from './notes.service.js';
import {
  type ListedPledgeRow,
  type PledgeList,
  type PledgeResponse,
  type PledgeRow,
  toPledgeResponse,
} from './pledge.response.js';
import type { RegisterPledgeRequest } from './register-pledge.request.js';
import { SafetySchemes } from './safety-schemes.service.js';
import { CaseHasEnded, PledgeNotFound, PledgeRegistered, TooManyPledges } from './safety.error.js';

const columns = 'id, grab_id, kind, registered_at, released_at';
/** How a case ends in which nothing is pledged after all. */
export const endedWithoutLoan: ReadonlySet<string> = new Set(['DECLINED', 'LAPSED', 'RELEASED', 'CANCELLED', 'LOST']);

interface CaseRow {
  need_id: string;
  status: string;
}

interface MarkRow extends NotedCase {
  id: string;
}

/** Which assets are pledged for which cases: as marks, so that equal ones are found and none can be read. */
@Injectable()
export class Pledges {
  constructor(
    private readonly marker: Marker,
    private readonly schemes: SafetySchemes,
    private readonly flags: Flags,
    private readonly notes: Notes,
  ) {}

  /** @throws PledgeNotFound, CaseHasEnded, PledgeRegistered, TooManyPledges */
  async register({ tx, viewer, now }: Command, request: RegisterPledgeRequest): Promise<PledgeResponse> {
    const { need_id: needId } = await ownCase(tx, viewer, request.grabId);
    await this.refuseTooMany(tx, viewer, request.grabId, now);
    const mark = await this.marker.mark(assetText(request.kind, request.identifier));
    // Two banks that register the same asset at once come one after the other: the second one sees the first.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7052))', [mark.toString('hex')]);
    const live: MarkRow[] = await tx.query(
      `select id, need_id, grab_id, institution_id, institution_code from pledge_mark
       where mark = $1 and released_at is null order by id`,
      [mark],
    );
    const own = viewer.organisation;
    if (live.some(({ institution_id }) => institution_id === own.id)) throw new PledgeRegistered();
    const id = uuidv7(now);
    const [row]: [PledgeRow] = await tx.query(
      `insert into pledge_mark (id, mark, kind, need_id, grab_id, institution_id, institution_code, registered_by,
         registered_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${columns}`,
      [id, mark, request.kind, needId, request.grabId, own.id, own.code, viewer.personId, now],
    );
    const mine = { need_id: needId, grab_id: request.grabId, institution_id: own.id, institution_code: own.code };
    if (live.length > 0) await this.hit(tx, mark, [...live, { ...mine, id }], now);
    return toPledgeResponse(row, live.length > 0);
  }

  /** What is and was registered for a case, and whether an equal one is elsewhere now; nothing of another institution's case. */
  async ofCase(tx: EntityManager, viewer: Viewer, grabId: string): Promise<PledgeList> {
    const rows: ListedPledgeRow[] = await tx.query(
      `select ${columns}, released_at is null and exists (
         select from pledge_mark other where other.mark = p.mark and other.released_at is null
           and other.institution_id <> p.institution_id) as equal_elsewhere
       from pledge_mark p where grab_id = $1 and institution_id = $2 order by id desc`,
      [grabId, viewer.organisation.id],
    );
    return { items: rows.map((row) => toPledgeResponse(row, row.equal_elsewhere)) };
  }

  /** @throws PledgeNotFound also for another institution's, and for one that is released already */
  async release({ tx, viewer, now }: Command, id: string): Promise<PledgeResponse> {
    const [rows]: [PledgeRow[], number] = await tx.query(
      `update pledge_mark set released_at = $3 where id = $1 and institution_id = $2 and released_at is null
       returning ${columns}`,
      [id, viewer.organisation.id, now],
    );
    const [row] = rows;
    if (!row) throw new PledgeNotFound();
    return toPledgeResponse(row, false);
  }

  /** Nothing stays pledged for cases that ended without a loan: the next bank would be warned of nobody. */
  async endWith(tx: EntityManager, grabIds: readonly string[], now: Date): Promise<void> {
    await tx.query('update pledge_mark set released_at = $2 where grab_id = any($1) and released_at is null', [
      grabIds,
      now,
    ]);
  }

  private async hit(tx: EntityManager, mark: Buffer, pledges: readonly MarkRow[], now: Date): Promise<void> {
    const institutions = pledges.map(({ institution_code }) => institution_code).toSorted();
    const ids = pledges.map(({ id }) => id);
    const subject = mark.toString('hex').slice(0, 32);
    const figures = { pledges: ids.length };
    await this.flags.raise(tx, { kind: 'EQUAL_PLEDGE', subject, institutions, ids, least: 1, figures }, now);
    await this.notes.tell(tx, pledges, 'EQUAL_PLEDGE', now);
  }

  private async refuseTooMany(tx: EntityManager, { organisation }: Viewer, grabId: string, now: Date): Promise<void> {
    const { pledgesPerCase, pledgesPerDay } = await this.schemes.at(tx, now);
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7053))', [organisation.id]);
    const [count]: [{ of_case: string; of_day: string }] = await tx.query(
      `select count(*) filter (where grab_id = $2) as of_case, count(*) filter (where registered_at > $3) as of_day
       from pledge_mark where institution_id = $1`,
      [organisation.id, grabId, new Date(now.getTime() - 86_400_000)],
    );
    if (Number(count.of_case) >= pledgesPerCase) throw new TooManyPledges(`${pledgesPerCase} assets of one case`);
    if (Number(count.of_day) >= pledgesPerDay) throw new TooManyPledges(`${pledgesPerDay} assets in 24 hours`);
  }
}

async function ownCase(tx: EntityManager, { organisation }: Viewer, grabId: string): Promise<CaseRow> {
  // A case that ends at this moment ends after it: what hears of its end then finds the pledge, and releases it.
  const [row]: CaseRow[] = await tx.query(
    'select need_id, status from grab where id = $1 and institution_id = $2 for share',
    [grabId, organisation.id],
  );
  if (!row) throw new PledgeNotFound();
  if (endedWithoutLoan.has(row.status)) throw new CaseHasEnded();
  return row;
}
