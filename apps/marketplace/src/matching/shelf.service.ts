import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { type CompiledProduct, compileProduct, type ShelfProduct } from './fit.rules.js';

/** Versions never change, so that a compiled one is good for ever; this many is ten times a city's shelf. */
const compiledMax = 3_000;

/** The version of each product in force at an instant, if it was on the shelf then. */
const shelfSql = `
  select p.id as "productId", v.version, p.institution_id as "institutionId", p.institution_code as "institutionCode",
         p.institution_name as "institutionName", v.terms
  from product p
  cross join lateral (select version, status, terms from product_version
                      where product_id = p.id and effective_from <= $1
                      order by effective_from desc, version desc limit 1) v
  where v.status = 'OFFERED' and ($2::uuid is null or p.institution_id = $2)
  order by p.id`;

/** The shelf at an instant, ready to be matched. */
@Injectable()
export class Shelf {
  private readonly compiled = new Map<string, CompiledProduct>();

  async at(db: EntityManager, at: Date, institutionId: string | null = null): Promise<CompiledProduct[]> {
    const rows: ShelfProduct[] = await db.query(shelfSql, [at, institutionId]);
    return rows.map((row) => this.compile(row));
  }

  private compile(row: ShelfProduct): CompiledProduct {
    const key = `${row.productId} ${row.version}`;
    const known = this.compiled.get(key);
    if (known) return known;
    if (this.compiled.size >= compiledMax) this.compiled.clear();
    const made = compileProduct(row);
    this.compiled.set(key, made);
    return made;
  }
}
