import { dayOf, type Fen } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Flags } from './flags.service.js';
import { needTexts } from './mark.rules.js';
import { Marker } from './marker.driver.js';
import { liveCase, type NotedCase, Notes } from './notes.service.js';
import { SafetySchemes } from './safety-schemes.service.js';

interface NeedRow {
  id: string;
  uscc: string;
  purpose: string;
  amount_fen: string;
  published_at: Date;
}

/** Needs that came to nothing take no second loan; a need and its own earlier version are one. */
const alive = `status not in ('EXPIRED', 'WITHDRAWN', 'CLOSED_UNFUNDED')`;

/** Finds out whether an enterprise asks twice for the same, and tells the banks at work without saying where. */
@Injectable()
export class NeedCheck {
  constructor(
    private readonly marker: Marker,
    private readonly schemes: SafetySchemes,
    private readonly flags: Flags,
    private readonly notes: Notes,
  ) {}

  /** Marks needs that were published, and looks for equal ones. */
  async published(tx: EntityManager, needIds: readonly string[], now: Date): Promise<void> {
    const { duplicateDays } = await this.schemes.at(tx, now);
    const needs: NeedRow[] = await tx.query(
      `select id, uscc, purpose, amount_fen, published_at from need
       where id = any($1) and published_at is not null order by published_at, id`,
      [needIds],
    );
    for (const need of needs) await this.check(tx, need, duplicateDays, now);
  }

  /** A bank that takes a place of a need of which an equal one is known is told at once. */
  async grabbed(tx: EntityManager, cases: readonly NotedCase[], now: Date): Promise<void> {
    if (cases.length === 0) return;
    const flagged: { id: string }[] = await tx.query(
      `select distinct asked as id from unnest($1::text[]) asked
       where exists (select 1 from safety_flag f where f.kind = 'EQUAL_NEED' and f.state <> 'EXPLAINED'
                       and f.evidence -> 'ids' ? asked)`,
      [cases.map(({ need_id }) => need_id)],
    );
    const ids = new Set(flagged.map(({ id }) => id));
    await this.notes.tell(
      tx,
      cases.filter(({ need_id }) => ids.has(need_id)),
      'EQUAL_NEED',
      now,
    );
  }

  private async check(tx: EntityManager, need: NeedRow, days: number, now: Date): Promise<void> {
    const publishedOn = dayOf(need.published_at);
    const facts = { uscc: need.uscc, purpose: need.purpose, amountFen: BigInt(need.amount_fen) as Fen, publishedOn };
    const texts = needTexts(facts, days);
    const own = await this.marker.mark(texts.own);
    await tx.query('insert into need_mark (need_id, mark, marked_at) values ($1, $2, $3) on conflict do nothing', [
      need.id,
      own,
      need.published_at,
    ]);
    const since = new Date(need.published_at.getTime() - days * 86_400_000);
    const equal: { id: string }[] = await tx.query(
      `select n.id from need_mark m join need n on n.id = m.need_id
       where m.mark = any($1) and m.marked_at >= $2 and n.id <> $3 and n.${alive}
         and n.previous_id is distinct from $3 and n.id is distinct from (select previous_id from need where id = $3)
       order by n.id`,
      [[own, await this.marker.mark(texts.before)], since, need.id],
    );
    if (equal.length > 0) await this.hit(tx, [need.id, ...equal.map(({ id }) => id)], own, now);
  }

  private async hit(tx: EntityManager, ids: string[], mark: Buffer, now: Date): Promise<void> {
    const cases: NotedCase[] = await tx.query(
      `select need_id, id as grab_id, institution_id, institution_code from grab where need_id = any($1) and ${liveCase}`,
      [ids],
    );
    const institutions = [...new Set(cases.map(({ institution_code }) => institution_code))].toSorted();
    const figures = { needs: ids.length };
    const subject = mark.toString('hex').slice(0, 32);
    await this.flags.raise(tx, { kind: 'EQUAL_NEED', subject, institutions, ids, least: 1, figures }, now);
    await this.notes.tell(tx, cases, 'EQUAL_NEED', now);
  }
}
