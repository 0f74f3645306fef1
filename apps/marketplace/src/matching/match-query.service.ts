import type { Viewer } from '@app/auth';
import { dayOf, InvalidInput } from '@app/kernel';
import { decodeCursor, encodeCursor } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Facts } from '../admission/facts.rules.js';
import { NeedNotFound } from '../grab/grab.error.js';
import type { Policy } from '../limit/limit.rules.js';
import { LimitService } from '../limit/limit.service.js';
import { Need } from '../need/need.entity.js';
import { refuseOutsiders } from '../product/product.service.js';
import { compareFits, type CompiledProduct, explain, type Fit, fitOf, type Side } from './fit.rules.js';
import { LeadRanking } from './lead-ranking.service.js';
import type { ListMatchesQuery } from './list-matches.request.js';
import { factsForBank, factsForEnterprise, type MatchInput, MatchInputs } from './match-input.service.js';
import { type LeadMatchResponse, type MatchPage, toMatchResponse } from './match.response.js';
import { Shelf } from './shelf.service.js';

interface Judged {
  product: CompiledProduct;
  fit: Fit;
}

/** Matches as people read them, worked out again from what was kept. */
@Injectable()
export class MatchQuery {
  constructor(
    private readonly inputs: MatchInputs,
    private readonly shelf: Shelf,
    private readonly limits: LimitService,
    private readonly leads: LeadRanking,
  ) {}

  /** Every product of the shelf for an own need, best first, each with what speaks for and against it. */
  async forNeed(
    db: EntityManager,
    viewer: Viewer,
    needId: string,
    query: ListMatchesQuery,
    now: Date,
  ): Promise<MatchPage> {
    const { limit = 20, outcome } = query;
    const { asOf, offset } = placeOf(query, now);
    const need = await db.findOneBy(Need, { id: needId, organisationId: viewer.organisation.id });
    if (!need) throw new NeedNotFound();
    const policy = await this.limits.policyAt(db, asOf);
    const input = await this.inputOf(db, needId, asOf);
    if (input.id === '' && query.asOf)
      throw new InvalidInput([{ pointer: '/asOf', detail: 'the need had not been matched by then' }]);
    const facts = factsForEnterprise(input);
    const all = judge(await this.shelf.at(db, asOf), facts, 'ENTERPRISE', policy).filter(
      ({ fit }) => outcome === undefined || fit.outcome === outcome,
    );
    const shown = all.slice(offset, offset + limit);
    return {
      asOf: asOf.toISOString(),
      inputId: input.id || null,
      limitVersion: policy.version,
      items: shown.map(({ product }) => toMatchResponse(product, explain(product, facts, 'ENTERPRISE', policy))),
      nextCursor: all.length > offset + limit ? encodeCursor([asOf.toISOString(), offset + limit]) : null,
    };
  }

  /** The own products for a lead that this bank sees, or has taken. */
  async forLead(db: EntityManager, viewer: Viewer, needId: string, now: Date): Promise<LeadMatchResponse> {
    refuseOutsiders(viewer);
    const { id, code } = viewer.organisation;
    if (!(await this.leads.sees(db, { needId, institutionId: id, institutionCode: code, now, day: dayOf(now) })))
      throw new NeedNotFound();
    const policy = await this.limits.policyAt(db, now);
    const facts = factsForBank(await this.inputOf(db, needId, now));
    const judged = judge(await this.shelf.at(db, now, id), facts, 'BANK', policy);
    return {
      needId,
      asOf: now.toISOString(),
      limitVersion: policy.version,
      items: judged.map(({ product }) => toMatchResponse(product, explain(product, facts, 'BANK', policy))),
    };
  }

  /** What was kept for that instant; a draft, or a need whose event is still on its way, is read as it is. */
  private async inputOf(db: EntityManager, needId: string, asOf: Date): Promise<MatchInput> {
    const kept = (await this.inputs.latest(db, [needId], asOf)).get(needId);
    return kept ?? this.inputs.current(db, needId, asOf);
  }
}

/** Products that fit by rank, then the others by their lowest rate. */
function judge(shelf: readonly CompiledProduct[], facts: Facts, side: Side, policy: Policy): Judged[] {
  const none: Fit = { outcome: 'NOT', points: 0 };
  return shelf
    .map((product) => ({ product, fit: fitOf(product, facts, side, policy) ?? none }))
    .toSorted((a, b) => Number(a.fit === none) - Number(b.fit === none) || compareFits(a, b));
}

/** A page goes on at the instant of the first one, so that nothing moves between them. */
function placeOf({ cursor, asOf }: ListMatchesQuery, now: Date): { asOf: Date; offset: number } {
  const values = decodeCursor(cursor, 2);
  const at = new Date(values ? String(values[0]) : (asOf ?? now));
  const offset = values ? Number(values[1]) : 0;
  if (Number.isNaN(at.getTime()) || at > now || !Number.isSafeInteger(offset) || offset < 0)
    throw new InvalidInput([{ pointer: values ? '/cursor' : '/asOf', detail: 'is not an instant up to now' }]);
  return { asOf: at, offset };
}
