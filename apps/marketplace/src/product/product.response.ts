import { ApiProperty } from '@nestjs/swagger';

import { securities, type Security } from '../need/need.rules.js';
import type { Product, ProductStatus } from './product.entity.js';

export class ProductInstitution {
  code: string;
  name: string;
}

export class ProductResponse {
  id: string;
  institution: ProductInstitution;
  name: string;
  description: string;
  /** Whole fen. */
  amountMinFen: string;
  /** Whole fen. */
  amountMaxFen: string;
  termMonthsMin: number;
  termMonthsMax: number;
  annualRateBpMin: number;
  annualRateBpMax: number;
  @ApiProperty({ enum: securities, isArray: true })
  security: Security[];
  @ApiProperty({ enum: ['OFFERED', 'WITHDRAWN'] })
  status: ProductStatus;
  changedAt: string;
}

export class ProductPage {
  items: ProductResponse[];
  nextCursor: string | null;
}

export const toProductResponse = (product: Product): ProductResponse => ({
  id: product.id,
  institution: { code: product.institutionCode, name: product.institutionName },
  name: product.name,
  description: product.description,
  amountMinFen: String(product.amountMinFen),
  amountMaxFen: String(product.amountMaxFen),
  termMonthsMin: product.termMonthsMin,
  termMonthsMax: product.termMonthsMax,
  annualRateBpMin: product.annualRateBpMin,
  annualRateBpMax: product.annualRateBpMax,
  security: product.security,
  status: product.status,
  changedAt: product.changedAt.toISOString(),
});
