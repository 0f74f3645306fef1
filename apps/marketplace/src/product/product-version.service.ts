import { productChanged } from '@app/contracts';
import { fen } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { type Actor, AuditTrail, theService } from '../audit/audit.service.js';
import { Product, type ProductStatus } from './product.entity.js';
import type { ProductVersionResponse } from './product.response.js';
import { toTermsResponse } from './product.response.js';
import type { ProductTerms } from './terms.rules.js';

export interface ProductVersion {
  version: number;
  effectiveFrom: Date;
  status: ProductStatus;
  terms: ProductTerms;
  writtenBy: string;
  writtenAt: Date;
}

const columns = `version, effective_from as "effectiveFrom", status, terms, written_by as "writtenBy",
  written_at as "writtenAt"`;

/** Products whose version in force is another than their row says: a planned one has begun. */
const dueSql = `
  select p.id from product p
  cross join lateral (select version from product_version where product_id = p.id and effective_from <= $1
                      order by effective_from desc, version desc limit 1) v
  where p.status <> 'WITHDRAWN' and v.version <> p.version
    and exists (select 1 from product_version where product_id = p.id and version <> p.version
                and effective_from between p.changed_at and $1)
  order by p.id limit 100 for no key update of p skip locked`;

/** Versions of products: each says from when it holds and never changes; the product's row follows the one in force. */
@Injectable()
export class ProductVersions {
  constructor(private readonly audit: AuditTrail) {}

  /** Writes the next version of a product whose row is locked; returns its number. */
  async add(tx: EntityManager, productId: string, version: Omit<ProductVersion, 'version'>): Promise<number> {
    const [{ number }]: [{ number: number }] = await tx.query(
      'select coalesce(max(version), 0) + 1 as number from product_version where product_id = $1',
      [productId],
    );
    await tx.query(
      `insert into product_version (product_id, version, effective_from, status, terms, written_by, written_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        productId,
        number,
        version.effectiveFrom,
        version.status,
        JSON.stringify(version.terms),
        version.writtenBy,
        version.writtenAt,
      ],
    );
    return number;
  }

  /**
   * A product that goes on the shelf or off it takes its plans along: each planned version is written again with the new
   * status, or the day of the plan would bring a withdrawn product back.
   */
  async carryPlans(
    tx: EntityManager,
    productId: string,
    { status, writtenBy, writtenAt }: Pick<ProductVersion, 'status' | 'writtenBy' | 'writtenAt'>,
  ): Promise<void> {
    const plans: ProductVersion[] = await tx.query(
      `select distinct on (effective_from) ${columns} from product_version
       where product_id = $1 and effective_from > $2 order by effective_from, version desc`,
      [productId, writtenAt],
    );
    for (const { effectiveFrom, terms } of plans)
      await this.add(tx, productId, { effectiveFrom, terms, status, writtenBy, writtenAt });
  }

  /** Newest first. At most 200: no product has more that anybody reads. */
  async of(db: EntityManager, productId: string): Promise<ProductVersionResponse[]> {
    const rows: ProductVersion[] = await db.query(
      `select ${columns} from product_version where product_id = $1 order by version desc limit 200`,
      [productId],
    );
    return rows.map((row) =>
      Object.assign(toTermsResponse(row.terms), {
        version: row.version,
        effectiveFrom: row.effectiveFrom.toISOString(),
        status: row.status,
        writtenAt: row.writtenAt.toISOString(),
      }),
    );
  }

  /** Puts planned versions into force whose day has come; how many. */
  async promoteDue(tx: EntityManager, now: Date): Promise<number> {
    const due: { id: string }[] = await tx.query(dueSql, [now]);
    for (const { id } of due) {
      const product = await tx.findOneByOrFail(Product, { id });
      const [version]: [ProductVersion] = await tx.query(
        `select ${columns} from product_version where product_id = $1 and effective_from <= $2
         order by effective_from desc, version desc limit 1`,
        [id, now],
      );
      await this.setHead(tx, product, version, now);
      await this.tell(tx, product, { act: 'EFFECTIVE', actor: theService, now });
    }
    return due.length;
  }

  /** Makes the product's row say what a version says. */
  async setHead(
    tx: EntityManager,
    product: Product,
    { version, status, terms }: Pick<ProductVersion, 'version' | 'status' | 'terms'>,
    now: Date,
  ): Promise<void> {
    const head = { ...columnsOf(terms), version, status, changedAt: now };
    await tx.update(Product, { id: product.id }, head);
    Object.assign(product, head);
  }

  /** Trail and event of a change. Drafts are nobody else's business: no event until they are on the shelf. */
  async tell(
    tx: EntityManager,
    product: Product,
    { act, actor, now }: { act: string; actor: Actor; now: Date },
  ): Promise<void> {
    const { id, institutionId, institutionCode, name, status, version } = product;
    const detail = { version };
    await this.audit.record(
      tx,
      [{ rootId: id, subject: 'product', subjectId: id, act, to: status, detail }],
      actor,
      now,
    );
    if (status === 'DRAFT' && act !== 'UNPUBLISHED') return;
    // To others a product is on the shelf or off it.
    const shown: 'OFFERED' | 'WITHDRAWN' = status === 'OFFERED' ? status : 'WITHDRAWN';
    await addToOutbox(tx, productChanged, { productId: id, institutionId, institutionCode, name, status: shown }, now);
  }
}

/** Terms as the columns of the product's row. */
export const columnsOf = (terms: ProductTerms) => ({
  ...terms,
  amountMinFen: fen(terms.amountMinFen),
  amountMaxFen: fen(terms.amountMaxFen),
  security: [...terms.security],
  repayment: [...terms.repayment],
});
