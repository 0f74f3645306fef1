import { type ProductFamily, productFamilies } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import { type Repayment, repayments, securities, type Security } from '../need/need.rules.js';
import { type Product, productStatuses, type ProductStatus } from './product.entity.js';
import { type FeeKind, feeKinds, type ProductTerms } from './terms.rules.js';

export class ProductInstitution {
  code: string;
  name: string;
}

export class FeeResponse {
  @ApiProperty({ enum: feeKinds })
  kind: FeeKind;
  /** Share of the amount in basis points; null when the fee is an amount. */
  @ApiProperty({ type: 'integer', nullable: true })
  ofAmountBp: number | null;
  /** Whole fen. */
  amountFen: string | null;
}

/** The public programme behind a product, in the version that was signed up to. */
export class ProductProgramme {
  id: string;
  code: string;
  name: string;
  @ApiProperty({ type: 'integer' })
  version: number;
}

/** What a version of a product says. */
export class TermsResponse {
  name: string;
  description: string;
  @ApiProperty({ enum: productFamilies })
  family: ProductFamily;
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
  @ApiProperty({ enum: repayments, isArray: true })
  repayment: Repayment[];
  fees: FeeResponse[];
  /** The institution's own admission rule; null when it has none. The programme's comes on top. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  admission: object | null;
  programme: ProductProgramme | null;
}

export class ProductResponse extends TermsResponse {
  id: string;
  institution: ProductInstitution;
  /** The version in force. */
  @ApiProperty({ type: 'integer' })
  version: number;
  @ApiProperty({ enum: productStatuses })
  status: ProductStatus;
  changedAt: string;
}

export class ProductPage {
  items: ProductResponse[];
  nextCursor: string | null;
}

export class ProductVersionResponse extends TermsResponse {
  @ApiProperty({ type: 'integer' })
  version: number;
  effectiveFrom: string;
  @ApiProperty({ enum: productStatuses })
  status: ProductStatus;
  writtenAt: string;
}

export class ProductVersionsResponse {
  /** Newest first, planned ones among them; versions never change. */
  items: ProductVersionResponse[];
}

export const toTermsResponse = (terms: ProductTerms): TermsResponse => ({
  name: terms.name,
  description: terms.description,
  family: terms.family,
  amountMinFen: terms.amountMinFen,
  amountMaxFen: terms.amountMaxFen,
  termMonthsMin: terms.termMonthsMin,
  termMonthsMax: terms.termMonthsMax,
  annualRateBpMin: terms.annualRateBpMin,
  annualRateBpMax: terms.annualRateBpMax,
  security: [...terms.security],
  repayment: [...terms.repayment],
  fees: terms.fees.map(({ kind, ofAmountBp, amountFen }) => ({ kind, ofAmountBp, amountFen })),
  admission: terms.admission,
  programme: terms.programme && {
    id: terms.programme.id,
    code: terms.programme.code,
    name: terms.programme.name,
    version: terms.programme.version,
  },
});

/** The terms of the version in force, as a version keeps them. */
export const termsOfProduct = (product: Product): ProductTerms => ({
  name: product.name,
  description: product.description,
  family: product.family,
  amountMinFen: String(product.amountMinFen),
  amountMaxFen: String(product.amountMaxFen),
  termMonthsMin: product.termMonthsMin,
  termMonthsMax: product.termMonthsMax,
  annualRateBpMin: product.annualRateBpMin,
  annualRateBpMax: product.annualRateBpMax,
  security: product.security,
  repayment: product.repayment,
  fees: product.fees,
  admission: product.admission,
  programme: product.programme,
});

export const toProductResponse = (product: Product): ProductResponse =>
  Object.assign(toTermsResponse(termsOfProduct(product)), {
    id: product.id,
    institution: { code: product.institutionCode, name: product.institutionName },
    version: product.version,
    status: product.status,
    changedAt: product.changedAt.toISOString(),
  });
