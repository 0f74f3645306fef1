import { flagRaised } from '@app/contracts';
import { uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, idCursor, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { Finding } from './anomaly.rules.js';
import type { DecideFlagRequest, FlagListQuery } from './decide-flag.request.js';
import { type FlagPage, type FlagResponse, type FlagRow, toFlagResponse } from './flag.response.js';
import { type Evidence, type FlagKind, isNews } from './flag.rules.js';
import { FlagDecided, FlagNotFound } from './safety.error.js';

const columns = 'id, kind, subject, evidence, state, raised_at, seen_at, decided_by, decided_at, note';

/** What looks odd, for an operator to explain or confirm. A flag changes nothing else: nobody is punished by a program. */
@Injectable()
export class Flags {
  constructor(private readonly db: DataSource) {}

  /** One open flag per kind and subject; what was decided comes up again only with enough that is new. */
  async raise(tx: EntityManager, finding: Finding<FlagKind>, now: Date): Promise<void> {
    const { kind, subject, institutions, ids, figures } = finding;
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7051))', [`${kind} ${subject}`]);
    const evidence: Evidence = { institutions, ids, figures };
    const [, seen]: [unknown, number] = await tx.query(
      `update safety_flag set evidence = $3, seen_at = $4 where kind = $1 and subject = $2 and state = 'OPEN'`,
      [kind, subject, JSON.stringify(evidence), now],
    );
    if (seen > 0) return;
    const decided: { evidence: Evidence }[] = await tx.query(
      'select evidence from safety_flag where kind = $1 and subject = $2',
      [kind, subject],
    );
    if (
      !isNews(
        finding,
        decided.flatMap((one) => one.evidence.ids),
      )
    )
      return;
    const flagId = uuidv7(now);
    await tx.query(
      `insert into safety_flag (id, kind, subject, evidence, state, raised_at, seen_at)
       values ($1, $2, $3, $4, 'OPEN', $5, $5)`,
      [flagId, kind, subject, JSON.stringify(evidence), now],
    );
    await addToOutbox(tx, flagRaised, { flagId, kind }, now);
  }

  /** Newest first. */
  async list({ kind, state, limit = pageRowsMax, cursor }: FlagListQuery): Promise<FlagPage> {
    const rows: FlagRow[] = await this.db.query(
      `select ${columns} from safety_flag
       where ($1::text is null or kind = $1) and ($2::text is null or state = $2) and ($3::uuid is null or id < $3)
       order by id desc limit $4`,
      [kind ?? null, state ?? null, idCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, toFlagResponse, ({ id }) => [id]);
  }

  /** @throws FlagNotFound, FlagDecided */
  async decide({ tx, viewer, now }: Command, id: string, { state, note }: DecideFlagRequest): Promise<FlagResponse> {
    const [before]: FlagRow[] = await tx.query(`select ${columns} from safety_flag where id = $1 for update`, [id]);
    if (!before) throw new FlagNotFound();
    if (before.state !== 'OPEN') throw new FlagDecided(before.state);
    const [[row]]: [[FlagRow], number] = await tx.query(
      `update safety_flag set state = $2, note = $3, decided_by = $4, decided_at = $5 where id = $1
       returning ${columns}`,
      [id, state, note.trim(), viewer.personId, now],
    );
    return toFlagResponse(row);
  }
}
