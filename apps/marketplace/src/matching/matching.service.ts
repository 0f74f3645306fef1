import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { LimitService } from '../limit/limit.service.js';
import {
  bySecurity,
  compareFits,
  type CompiledProduct,
  type Fit,
  fitOf,
  type FitWeights,
  rankOf,
} from './fit.rules.js';
import { factsForBank, type MatchInput, MatchInputs } from './match-input.service.js';
import { Shelf } from './shelf.service.js';

/** So many needs share one statement: well below a second of work, whatever the size of the shelf. */
const chunkMax = 500;

interface LeadFit {
  need_id: string;
  institution_id: string;
  rank: number;
  points: number;
  outcome: string;
  product_id: string;
  product_version: number;
  input_id: string;
}

const openSql = `
  select id from need where ended_at is null and status in ('PUBLISHED', 'FULL') and id > $1 order by id limit $2`;

/** Fits that are no more go, new ones come, and what stays the same is not written again. */
const keepSql = `
  with fresh as (
    select * from jsonb_to_recordset($1::jsonb) as f (need_id uuid, institution_id uuid, rank integer, points integer,
      outcome text, product_id uuid, product_version integer, input_id uuid)),
  gone as (
    delete from lead_fit f
    where f.need_id = any($2::uuid[]) and ($3::uuid is null or f.institution_id = $3)
      and not exists (select 1 from fresh n where n.need_id = f.need_id and n.institution_id = f.institution_id))
  insert into lead_fit (need_id, institution_id, rank, points, outcome, product_id, product_version, input_id,
                        limit_version, matched_at)
  select need_id, institution_id, rank, points, outcome, product_id, product_version, input_id, $4, $5 from fresh
  on conflict (need_id, institution_id) do update
    set rank = excluded.rank, points = excluded.points, outcome = excluded.outcome, product_id = excluded.product_id,
        product_version = excluded.product_version, input_id = excluded.input_id,
        limit_version = excluded.limit_version, matched_at = excluded.matched_at
    where (lead_fit.rank, lead_fit.product_id, lead_fit.product_version, lead_fit.input_id)
      is distinct from (excluded.rank, excluded.product_id, excluded.product_version, excluded.input_id)`;

interface ShelfOf {
  products: readonly CompiledProduct[];
  /** null for the whole shelf. */
  institutionId: string | null;
}

interface Part extends ShelfOf {
  after: string;
}

/** Matches open needs with the shelf and keeps, for each bank, how well each lead fits its best product. */
@Injectable()
export class MatchingService {
  constructor(
    private readonly inputs: MatchInputs,
    private readonly shelf: Shelf,
    private readonly limits: LimitService,
  ) {}

  /** Needs whose own facts changed, against the whole shelf. */
  async matchNeeds(tx: EntityManager, needIds: readonly string[], now: Date): Promise<void> {
    if (needIds.length === 0) return;
    const inputs = await this.inputs.refresh(tx, needIds, now);
    await this.keep(tx, inputs, { products: await this.shelf.at(tx, now), institutionId: null }, now);
  }

  /** One bank whose products changed, against all open needs. */
  async matchBank(tx: EntityManager, institutionId: string, now: Date): Promise<void> {
    const products = await this.shelf.at(tx, now, institutionId);
    for (let after: string | null = nil; after !== null;)
      after = await this.matchNext(tx, { products, institutionId, after }, now);
  }

  /** The next open needs after an id against the whole shelf; the last id, or null when there are no more. */
  async matchAllAfter(tx: EntityManager, after: string | null, now: Date): Promise<string | null> {
    const products = await this.shelf.at(tx, now);
    return this.matchNext(tx, { products, institutionId: null, after: after ?? nil }, now);
  }

  private async matchNext(tx: EntityManager, { after, ...shelf }: Part, now: Date): Promise<string | null> {
    const rows: { id: string }[] = await tx.query(openSql, [after, chunkMax]);
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await this.keep(tx, await this.known(tx, ids, now), shelf, now);
    return ids.length === chunkMax ? ids.at(-1)! : null;
  }

  /** Ended needs are on no board. */
  async forget(tx: EntityManager, needIds: readonly string[]): Promise<void> {
    await tx.query('delete from lead_fit where need_id = any($1::uuid[])', [needIds]);
  }

  /** What is known of needs already, and what has to be read for the first time. */
  private async known(tx: EntityManager, ids: readonly string[], now: Date): Promise<MatchInput[]> {
    const known = await this.inputs.latest(tx, ids, now);
    const fresh = await this.inputs.refresh(
      tx,
      ids.filter((id) => !known.has(id)),
      now,
    );
    return [...known.values(), ...fresh];
  }

  private async keep(
    tx: EntityManager,
    inputs: readonly MatchInput[],
    { products, institutionId }: ShelfOf,
    now: Date,
  ): Promise<void> {
    const policy = await this.limits.policyAt(tx, now);
    const index = bySecurity(products);
    const rows = inputs.flatMap((input) => leadFitsOf(input, index, policy));
    await tx.query(keepSql, [
      JSON.stringify(rows),
      inputs.map(({ needId }) => needId),
      institutionId,
      policy.version,
      now,
    ]);
  }
}

const nil = '00000000-0000-0000-0000-000000000000';

/** For each bank its best product for a lead, judged by nothing but what the lead shows. */
function leadFitsOf(
  input: MatchInput,
  index: ReadonlyMap<string, readonly CompiledProduct[]>,
  weights: FitWeights,
): LeadFit[] {
  const facts = factsForBank(input);
  const best = new Map<string, { product: CompiledProduct; fit: Fit }>();
  for (const product of index.get(facts.security ?? '') ?? []) {
    const fit = fitOf(product, facts, 'BANK', weights);
    if (!fit) continue;
    const there = best.get(product.institutionId);
    if (!there || compareFits({ product, fit }, there) < 0) best.set(product.institutionId, { product, fit });
  }
  return [...best].map(([institutionId, { product, fit }]) => ({
    need_id: input.needId,
    institution_id: institutionId,
    rank: rankOf(fit),
    points: fit.points,
    outcome: fit.outcome,
    product_id: product.productId,
    product_version: product.version,
    input_id: input.id,
  }));
}
