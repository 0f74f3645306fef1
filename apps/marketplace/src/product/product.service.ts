import { hasMembership, type Viewer } from '@app/auth';
import { type Day, dayOf, InvalidInput, startOfDay, uuidv7 } from '@app/kernel';
import { type Command, idCursor, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan } from 'typeorm';

import { actorOf } from '../audit/audit.service.js';
import type { ListProductsQuery } from './list-products.request.js';
import { columnsOf, ProductVersions } from './product-version.service.js';
import { Product, type ProductStatus } from './product.entity.js';
import { NotAMember, ProductNotFound, ProductNotMovable, ProductWithdrawn } from './product.error.js';
import {
  type ProductPage,
  type ProductResponse,
  type ProductVersionsResponse,
  termsOfProduct,
  toProductResponse,
} from './product.response.js';
import type { ProductTerms } from './terms.rules.js';

/** Two years: what is planned further ahead is a slip of the pen. */
const planDaysMax = 731;

/** The shelf: what institutions offer, for everybody to compare. */
@Injectable()
export class ProductService {
  constructor(private readonly versions: ProductVersions) {}

  /** What is on the shelf, newest first. */
  async list(db: EntityManager, query: ListProductsQuery): Promise<ProductPage> {
    const { institution, family, limit = 50, cursor } = query;
    const after = idCursor(cursor);
    const products = await db.find(Product, {
      where: {
        status: 'OFFERED',
        ...(institution && { institutionCode: institution }),
        ...(family && { family }),
        ...(after !== null && { id: LessThan(after) }),
      },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(products, limit, toProductResponse, ({ id }) => [id]);
  }

  /** The institution's own products that are not on the shelf yet, or no longer for good, newest first. */
  async drafts(db: EntityManager, viewer: Viewer, { limit = 50, cursor }: ListProductsQuery): Promise<ProductPage> {
    const after = idCursor(cursor);
    const products = await db.find(Product, {
      where: {
        status: 'DRAFT',
        institutionId: viewer.organisation.id,
        ...(after !== null && { id: LessThan(after) }),
      },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(products, limit, toProductResponse, ({ id }) => [id]);
  }

  async one(db: EntityManager, viewer: Viewer, id: string): Promise<ProductResponse> {
    return toProductResponse(await visible(db, viewer, id));
  }

  async history(db: EntityManager, viewer: Viewer, id: string): Promise<ProductVersionsResponse> {
    await visible(db, viewer, id);
    return { items: await this.versions.of(db, id) };
  }

  async offer(command: Command, terms: ProductTerms, draft = false): Promise<ProductResponse> {
    const { tx, viewer, now } = command;
    refuseOutsiders(viewer);
    const status: ProductStatus = draft ? 'DRAFT' : 'OFFERED';
    const product: Product = {
      id: uuidv7(now),
      institutionId: viewer.organisation.id,
      institutionCode: viewer.organisation.code,
      institutionName: viewer.organisation.name,
      version: 1,
      status,
      createdBy: viewer.personId,
      createdAt: now,
      changedAt: now,
      ...columnsOf(terms),
    };
    await tx.insert(Product, product);
    await this.versions.add(tx, product.id, { ...writtenBy(command), effectiveFrom: now, status, terms });
    await this.tell(command, product, draft ? 'DRAFTED' : 'OFFERED');
    return toProductResponse(product);
  }

  /** A new version, in force at once or from a later day on. */
  async edit(command: Command, id: string, terms: ProductTerms, from?: Day): Promise<ProductResponse> {
    const { tx, now } = command;
    const product = await this.own(command, id);
    const effectiveFrom = startOf(from, now);
    const version = await this.versions.add(tx, id, {
      ...writtenBy(command),
      effectiveFrom,
      status: product.status,
      terms,
    });
    const planned = effectiveFrom > now;
    if (!planned) await this.versions.setHead(tx, product, { version, status: product.status, terms }, now);
    await this.tell(command, product, planned ? 'PLANNED' : 'EDITED');
    return toProductResponse(product);
  }

  async publish(command: Command, id: string): Promise<ProductResponse> {
    return this.move(command, id, { from: 'DRAFT', to: 'OFFERED', act: 'OFFERED' });
  }

  async unpublish(command: Command, id: string): Promise<ProductResponse> {
    return this.move(command, id, { from: 'OFFERED', to: 'DRAFT', act: 'UNPUBLISHED' });
  }

  async withdraw(command: Command, id: string): Promise<ProductResponse> {
    return this.move(command, id, { to: 'WITHDRAWN', act: 'WITHDRAWN' });
  }

  /** The own product under its lock. @throws NotAMember, ProductNotFound, ProductWithdrawn */
  async own({ tx, viewer }: Command, id: string): Promise<Product> {
    refuseOutsiders(viewer);
    const product = await tx.findOne(Product, {
      where: { id, institutionId: viewer.organisation.id },
      lock: { mode: 'pessimistic_write' },
    });
    if (!product) throw new ProductNotFound();
    if (product.status === 'WITHDRAWN') throw new ProductWithdrawn();
    return product;
  }

  private async move(
    command: Command,
    id: string,
    { from, to, act }: { from?: ProductStatus; to: ProductStatus; act: string },
  ): Promise<ProductResponse> {
    const { tx, now } = command;
    const product = await this.own(command, id);
    if (from && product.status !== from) throw new ProductNotMovable(product.status);
    const terms = termsOfProduct(product);
    const version = await this.versions.add(tx, id, {
      ...writtenBy(command),
      effectiveFrom: now,
      status: to,
      terms,
    });
    await this.versions.setHead(tx, product, { version, status: to, terms }, now);
    await this.versions.carryPlans(tx, id, { ...writtenBy(command), status: to });
    await this.tell(command, product, act);
    return toProductResponse(product);
  }

  private async tell({ tx, viewer, now }: Command, product: Product, act: string): Promise<void> {
    await this.versions.tell(tx, product, { act, actor: actorOf(viewer), now });
  }
}

const writtenBy = ({ viewer, now }: Command) => ({ writtenBy: viewer.personId, writtenAt: now });

/** On the shelf, or one's own. */
async function visible(db: EntityManager, viewer: Viewer, id: string): Promise<Product> {
  const product = await db.findOneBy(Product, { id });
  if (product && (product.status === 'OFFERED' || product.institutionId === viewer.organisation.id)) return product;
  throw new ProductNotFound();
}

/** @throws NotAMember for an institution without marketplace membership */
export function refuseOutsiders(viewer: Viewer): void {
  const { kind, status } = viewer.organisation;
  if (kind !== 'institution' || status !== 'ACTIVE' || !hasMembership(viewer, 'MARKETPLACE')) throw new NotAMember();
}

/** Today means now: a version never reaches into the past. */
function startOf(from: Day | undefined, now: Date): Date {
  if (from === undefined || from === dayOf(now)) return now;
  const at = startOfDay(from);
  const wrong = (detail: string) => new InvalidInput([{ pointer: '/effectiveFrom', detail }]);
  if (at < now) throw wrong('lies in the past: versions that held stay as they were');
  if (at.getTime() > now.getTime() + planDaysMax * 86_400_000) throw wrong('lies more than two years ahead');
  return at;
}
