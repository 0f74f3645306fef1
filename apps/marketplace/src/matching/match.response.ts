import { type ProductFamily, productFamilies } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import type { Check } from '../admission/admission-text.rules.js';
import { ProductInstitution } from '../product/product.response.js';
import type { CompiledProduct, Fit, FitOutcome, FitPart } from './fit.rules.js';
import { fitOutcomes } from './fit.rules.js';

/** A sentence in both languages. */
export class BothTexts {
  zh: string;
  en: string;
}

/** One demand held against what is known, with the value and the threshold in words. */
export class CheckResponse extends BothTexts {
  /** Where the demand comes from: TERMS_AMOUNT, TERMS_TERM, TERMS_SECURITY, TERMS_RATE, PROGRAMME or ADMISSION. */
  code: string;
  @ApiProperty({ enum: ['PASSED', 'FAILED', 'UNKNOWN'] })
  outcome: Check['outcome'];
}

/** One part of the points. */
export class FitPartResponse extends BothTexts {
  @ApiProperty({ enum: ['RATE', 'BAND', 'AMOUNT', 'TERM', 'FAMILY'] })
  code: FitPart['code'];
  @ApiProperty({ type: 'integer' })
  weight: number;
  /** Thousandths of the weight that were earned. */
  @ApiProperty({ type: 'integer' })
  share: number;
}

/** A product held against a need: why, and why not. */
export class MatchResponse {
  productId: string;
  @ApiProperty({ type: 'integer' })
  productVersion: number;
  productName: string;
  @ApiProperty({ enum: productFamilies })
  family: ProductFamily;
  institution: ProductInstitution;
  annualRateBpMin: number;
  annualRateBpMax: number;
  /** FITS: every demand is met; OPEN: none fails, but one cannot be told; NOT: one fails. */
  @ApiProperty({ enum: fitOutcomes })
  outcome: FitOutcome;
  /** 0 to 100; sorts products of the same outcome. */
  @ApiProperty({ type: 'integer' })
  points: number;
  /** Every demand that speaks for the product. */
  reasonsFor: CheckResponse[];
  /** Every demand that speaks against it. */
  reasonsAgainst: CheckResponse[];
  /** Demands that cannot be told from what is known; never counted as met. */
  unknown: CheckResponse[];
  parts: FitPartResponse[];
}

export class MatchPage {
  /** The instant whose facts, shelf and weights were used; the same instant gives the same answer for ever. */
  asOf: string;
  /** The facts that were used; null for a draft, whose facts are read afresh. */
  inputId: string | null;
  /** The version of the parameters that weigh the parts. */
  @ApiProperty({ type: 'integer' })
  limitVersion: number;
  items: MatchResponse[];
  nextCursor: string | null;
}

export class LeadMatchResponse {
  needId: string;
  asOf: string;
  @ApiProperty({ type: 'integer' })
  limitVersion: number;
  /** The own products, best first; judged by nothing but what the lead shows. */
  items: MatchResponse[];
}

const toCheck = ({ code, outcome, zh, en }: Check): CheckResponse => ({ code, outcome, zh, en });
const toPart = ({ code, zh, en, weight, share }: FitPart): FitPartResponse => ({ code, zh, en, weight, share });

export function toMatchResponse(
  product: CompiledProduct,
  { outcome, points, checks, parts }: Fit & { checks: Check[]; parts: FitPart[] },
): MatchResponse {
  const those = (wanted: Check['outcome']) => checks.filter((check) => check.outcome === wanted).map(toCheck);
  return {
    productId: product.productId,
    productVersion: product.version,
    productName: product.terms.name,
    family: product.terms.family,
    institution: { code: product.institutionCode, name: product.institutionName },
    annualRateBpMin: product.terms.annualRateBpMin,
    annualRateBpMax: product.terms.annualRateBpMax,
    outcome,
    points,
    reasonsFor: those('PASSED'),
    reasonsAgainst: those('FAILED'),
    unknown: those('UNKNOWN'),
    parts: parts.map(toPart),
  };
}
