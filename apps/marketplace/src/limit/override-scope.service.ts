import { dayOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThanOrEqual, Not } from 'typeorm';

import { Product } from '../product/product.entity.js';
import { faultOfDistrict } from './district.rules.js';
import { LimitChange } from './limit-change.entity.js';
import { NoSuchDistrict, NoSuchInstitution, NoSuchOverride, NoSuchProduct } from './limit.error.js';
import type { ProposeLimitChangeRequest } from './propose-limit-change.request.js';

type Scoped = Pick<LimitChange, 'institutionId' | 'productId' | 'district' | 'grade'>;

/** What banks may still come to under a product: what is on the shelf, and what a need of the board asks for. */
const productSql = `
  select 1 from product p
  where p.id = $1 and (p.status = 'OFFERED'
    or exists (select 1 from need n where n.product_id = p.id and n.published_at is not null and n.ended_at is null))`;

/** Whether what an override speaks of is there: one for nothing would be approved, and never hold. */
@Injectable()
export class OverrideScopes {
  /** @throws NoSuchInstitution, NoSuchProduct */
  async read(tx: EntityManager, request: ProposeLimitChangeRequest): Promise<Scoped> {
    const { institution, productId, district, grade } = request;
    return {
      institutionId: institution ? await idOfInstitution(tx, institution) : null,
      productId: productId ? await idOfProduct(tx, productId) : null,
      district: district ?? null,
      grade: grade ?? null,
    };
  }

  /**
   * Looked at when a change is proposed and again when it is approved, as of the day from which it is to hold. An
   * override may always be ended, whatever has become of the thing since.
   * @throws NoSuchDistrict, NoSuchProduct, NoSuchOverride
   */
  async refuseEmpty(tx: EntityManager, change: LimitChange, now: Date): Promise<void> {
    // What is to hold from earlier today on holds from its approval on.
    const from = change.effectiveFrom < now ? now : change.effectiveFrom;
    if (change.value === null) return refuseNothingToEnd(tx, change, from);
    const fault = change.district === null ? undefined : faultOfDistrict(change.district, dayOf(from));
    if (fault) throw new NoSuchDistrict(fault);
    if (change.productId === null) return;
    const found: object[] = await tx.query(productSql, [change.productId]);
    if (found.length === 0) throw new NoSuchProduct();
  }
}

async function refuseNothingToEnd(tx: EntityManager, change: LimitChange, from: Date): Promise<void> {
  const { what, institutionId, productId, district, grade } = change;
  const standing = await tx.existsBy(LimitChange, {
    what,
    institutionId: institutionId ?? IsNull(),
    productId: productId ?? IsNull(),
    district: district ?? IsNull(),
    grade: grade ?? IsNull(),
    status: 'APPROVED',
    value: Not(IsNull()),
    effectiveFrom: LessThanOrEqual(from),
  });
  if (!standing) throw new NoSuchOverride();
}

async function idOfInstitution(tx: EntityManager, code: string): Promise<string> {
  const [row]: { id: string }[] = await tx.query(
    `select id from identity_api.organisation_v1 where code = $1 and kind = 'institution'`,
    [code],
  );
  if (!row) throw new NoSuchInstitution();
  return row.id;
}

async function idOfProduct(tx: EntityManager, id: string): Promise<string> {
  if (!(await tx.existsBy(Product, { id }))) throw new NoSuchProduct();
  return id.toLowerCase();
}
