import { type ProductFamily, productFamilies } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import type { AdmissionRule } from '../admission/admission.rules.js';
import { securities, type Security } from '../need/need.rules.js';
import type { Frame } from '../product/terms.rules.js';

/** What a version of a programme says. */
export interface FrameTerms extends Frame {
  name: string;
  description: string;
  source: string;
  admission: AdmissionRule | null;
}

export interface ProgrammeRow {
  id: string;
  code: string;
  family: ProductFamily;
  ownerId: string;
  ownerName: string;
  version: number;
  status: 'OPEN' | 'CLOSED';
  changedAt: Date;
  terms: FrameTerms;
  subscribers: number;
}

export class ProgrammeResponse {
  id: string;
  code: string;
  @ApiProperty({ enum: productFamilies })
  family: ProductFamily;
  /** The department that answers for it. */
  owner: string;
  @ApiProperty({ type: 'integer' })
  version: number;
  @ApiProperty({ enum: ['OPEN', 'CLOSED'] })
  status: 'OPEN' | 'CLOSED';
  name: string;
  description: string;
  source: string;
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
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  admission: object | null;
  /** Institutions with a product of it on the shelf. */
  @ApiProperty({ type: 'integer' })
  subscribers: number;
  changedAt: string;
}

export class ProgrammePage {
  items: ProgrammeResponse[];
  nextCursor: string | null;
}

export const toProgrammeResponse = ({ terms, ...row }: ProgrammeRow): ProgrammeResponse => ({
  id: row.id,
  code: row.code,
  family: row.family,
  owner: row.ownerName,
  version: row.version,
  status: row.status,
  name: terms.name,
  description: terms.description,
  source: terms.source,
  amountMinFen: terms.amountMinFen,
  amountMaxFen: terms.amountMaxFen,
  termMonthsMin: terms.termMonthsMin,
  termMonthsMax: terms.termMonthsMax,
  annualRateBpMin: terms.annualRateBpMin,
  annualRateBpMax: terms.annualRateBpMax,
  security: [...terms.security],
  admission: terms.admission,
  subscribers: row.subscribers,
  changedAt: row.changedAt.toISOString(),
});
