import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { Claimed } from './claim.rules.js';
import type { Verdict } from './match.rules.js';
import { NameRegister } from './name-register.service.js';
import { onManager, type Querying } from './querying.driver.js';
import { ReadingNames } from './reading-names.service.js';

/** Claims that wait and are looked at again in one round, after the registry learned of new enterprises. */
const rematchMax = 500;

/** Links claims that are sure, and lays the candidates of the others before a person. */
@Injectable()
export class Matcher {
  constructor(
    private readonly db: DataSource,
    private readonly register: NameRegister,
    private readonly reading: ReadingNames,
    private readonly clock: Clock,
  ) {}

  async verdictOn(db: Querying, claimed: Claimed): Promise<Verdict> {
    const wanted = this.reading.wanted(claimed);
    return this.reading.verdict(wanted, await this.register.lookUp(db, wanted));
  }

  /**
   * Decides a claim about which no person said anything yet. With a batch: made for its rows, so nothing is left to be
   * carried out; without: its rows came before and are delivered once more.
   */
  async match(
    db: Querying,
    claim: { id: string; claimed: Claimed },
    { batchId }: { batchId: string | null },
  ): Promise<boolean> {
    const verdict = await this.verdictOn(db, claim.claimed);
    const best = verdict.candidates[0];
    const now = this.clock.now();
    const linked = verdict.outcome === 'SURE' ? best : undefined;
    // One statement: a claim and its decision never say different things, and a person's word is never overruled.
    const rows = await db.rows<{ linked: boolean }>(
      `with changed as (
         update claim set state = case when $2::text is null then 'WAITING' else 'LINKED' end, uscc = $2,
           candidates = $3::jsonb, score = $4, settings_from = $5, matched_at = $6
         where id = $1 and state in ('NEW', 'WAITING')
           and not exists (select from claim_decision where claim_id = $1)
         returning id
       )
       insert into claim_decision (claim_id, number, kind, uscc, match, decided_at, batch_id, carried_out_at)
       select id, 1, 'MATCHED', $2, $7::jsonb, $6, $8::uuid, case when $8::uuid is null then null else $6::timestamptz end
       from changed where $2::text is not null
       returning true as linked`,
      [
        claim.id,
        linked?.uscc ?? null,
        JSON.stringify(verdict.candidates),
        best?.score ?? null,
        this.reading.settings().effectiveFrom,
        now,
        linked ? JSON.stringify(linked) : null,
        batchId,
      ],
    );
    return rows.length > 0;
  }

  /** Rows may come before their enterprise is registered: what nobody has decided is matched again when it is. */
  async rematch(): Promise<void> {
    const claims: { id: string; claimed: Claimed }[] = await this.db.query(
      `select id, claimed from claim
       where state in ('WAITING', 'NEW')
         and (matched_at is null or matched_at <= (select max(followed_at) from followed where follower = 'NAMES'))
         and not exists (select from claim_decision where claim_id = claim.id)
         and not exists (select from batch b where b.id = claim.first_batch_id and b.status in ('RECEIVED', 'RUNNING'))
       order by matched_at nulls first, id limit $1`,
      [rematchMax],
    );
    for (const claim of claims) await this.match(onManager(this.db.manager), claim, { batchId: null });
  }
}
