import { InvalidInput } from '@app/kernel';
import type { EntityManager } from 'typeorm';

import { Product } from '../product/product.entity.js';
import type { Need } from './need.entity.js';
import type { FirstLook } from './need.rules.js';
import type { WriteNeedRequest } from './write-need.request.js';

type FirstLookColumns = Pick<Need, 'firstLook' | 'exclusiveInstitutionId' | 'exclusiveInstitutionCode'>;

export const noFirstLook: FirstLookColumns = {
  firstLook: null,
  exclusiveInstitutionId: null,
  exclusiveInstitutionCode: null,
};

/**
 * The bank that is to look first: one that is named, the main bank, or the one whose product it is.
 * @throws InvalidInput when that bank is not on the marketplace, or two are named
 */
export async function firstLookOf(
  tx: EntityManager,
  { directedTo, houseBank, productId }: WriteNeedRequest,
): Promise<FirstLookColumns> {
  if (directedTo && houseBank)
    throw new InvalidInput([{ pointer: '/houseBank', detail: 'one bank looks first: this one or the directed one' }]);
  if (directedTo) return member(tx, directedTo, 'DIRECTED', '/directedTo');
  if (houseBank) return member(tx, houseBank, 'HOUSE_BANK', '/houseBank');
  if (!productId) return noFirstLook;
  const { institutionId, institutionCode } = await tx.findOneByOrFail(Product, { id: productId });
  return { firstLook: 'PRODUCT', exclusiveInstitutionId: institutionId, exclusiveInstitutionCode: institutionCode };
}

/** @throws InvalidInput */
export async function offeredProduct(tx: EntityManager, id: string): Promise<string> {
  if (await tx.existsBy(Product, { id, status: 'OFFERED' })) return id.toLowerCase();
  throw new InvalidInput([{ pointer: '/productId', detail: 'is not a product on the shelf' }]);
}

async function member(
  tx: EntityManager,
  code: string,
  firstLook: FirstLook,
  pointer: string,
): Promise<FirstLookColumns> {
  const [bank]: { id: string }[] = await tx.query(
    `select id from identity_api.organisation_v1
     where code = $1 and kind = 'institution' and status = 'ACTIVE' and 'MARKETPLACE' = any(memberships)`,
    [code],
  );
  if (!bank) throw new InvalidInput([{ pointer, detail: 'is not the code of a bank of this marketplace' }]);
  return { firstLook, exclusiveInstitutionId: bank.id, exclusiveInstitutionCode: code };
}
