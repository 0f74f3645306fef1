import { hasMembership, type Viewer } from '@app/auth';
import { productChanged } from '@app/contracts';
import { fen, type InputFault, InvalidInput, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, idCursor, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import type { ListProductsQuery } from './list-products.request.js';
import { Product } from './product.entity.js';
import { NotAMember, ProductNotFound, ProductWithdrawn } from './product.error.js';
import { type ProductPage, type ProductResponse, toProductResponse } from './product.response.js';
import type { WriteProductRequest } from './write-product.request.js';

/** The shelf: what institutions offer, for everybody to compare. */
@Injectable()
export class ProductService {
  constructor(private readonly audit: AuditTrail) {}

  /** Newest first. */
  async list(db: EntityManager, { institution, limit = 50, cursor }: ListProductsQuery): Promise<ProductPage> {
    const after = idCursor(cursor);
    const products = await db.find(Product, {
      where: {
        status: 'OFFERED',
        ...(institution && { institutionCode: institution }),
        ...(after !== null && { id: LessThan(after) }),
      },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(products, limit, toProductResponse, ({ id }) => [id]);
  }

  async offer(command: Command, request: WriteProductRequest): Promise<ProductResponse> {
    const { viewer, now } = command;
    refuseOutsiders(viewer);
    const product: Product = {
      id: uuidv7(now),
      institutionId: viewer.organisation.id,
      institutionCode: viewer.organisation.code,
      institutionName: viewer.organisation.name,
      status: 'OFFERED',
      createdBy: viewer.personId,
      createdAt: now,
      changedAt: now,
      ...termsOf(request),
    };
    await command.tx.insert(Product, product);
    await this.tell(command, product, 'OFFERED');
    return toProductResponse(product);
  }

  async edit(command: Command, id: string, request: WriteProductRequest): Promise<ProductResponse> {
    return this.change(command, id, 'EDITED', termsOf(request));
  }

  async withdraw(command: Command, id: string): Promise<ProductResponse> {
    return this.change(command, id, 'WITHDRAWN', { status: 'WITHDRAWN' });
  }

  private async change(command: Command, id: string, act: string, patch: Partial<Product>): Promise<ProductResponse> {
    const { tx, viewer, now } = command;
    refuseOutsiders(viewer);
    const product = await tx.findOne(Product, {
      where: { id, institutionId: viewer.organisation.id },
      lock: { mode: 'pessimistic_write' },
    });
    if (!product) throw new ProductNotFound();
    if (product.status === 'WITHDRAWN') throw new ProductWithdrawn();
    const changes = { ...patch, changedAt: now };
    await tx.update(Product, { id }, changes);
    Object.assign(product, changes);
    await this.tell(command, product, act);
    return toProductResponse(product);
  }

  private async tell({ tx, viewer, now }: Command, product: Product, act: string): Promise<void> {
    const { id, institutionId, institutionCode, name, status } = product;
    await this.audit.record(
      tx,
      [{ rootId: id, subject: 'product', subjectId: id, act, to: status }],
      actorOf(viewer),
      now,
    );
    await addToOutbox(tx, productChanged, { productId: id, institutionId, institutionCode, name, status }, now);
  }
}

/** @throws NotAMember for an institution without marketplace membership */
export function refuseOutsiders(viewer: Viewer): void {
  const { kind, status } = viewer.organisation;
  if (kind !== 'institution' || status !== 'ACTIVE' || !hasMembership(viewer, 'MARKETPLACE')) throw new NotAMember();
}

function termsOf(request: WriteProductRequest) {
  const [amountMinFen, amountMaxFen] = [fen(request.amountMinFen), fen(request.amountMaxFen)];
  const turned = (low: number | bigint, high: number | bigint, field: string): InputFault[] =>
    low > high ? [{ pointer: `/${field}`, detail: 'the greatest lies below the least' }] : [];
  const faults = [
    ...turned(amountMinFen, amountMaxFen, 'amountMaxFen'),
    ...turned(request.termMonthsMin, request.termMonthsMax, 'termMonthsMax'),
    ...turned(request.annualRateBpMin, request.annualRateBpMax, 'annualRateBpMax'),
  ];
  if (faults.length > 0) throw new InvalidInput(faults);
  const { name, description, termMonthsMin, termMonthsMax, annualRateBpMin, annualRateBpMax, security } = request;
  return {
    name: name.trim(),
    description: description?.trim() ?? '',
    amountMinFen,
    amountMaxFen,
    termMonthsMin,
    termMonthsMax,
    annualRateBpMin,
    annualRateBpMax,
    security,
  };
}
