import type { ProductFamily } from '@app/contracts';
import { FenColumn } from '@app/database';
import type { Fen } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { AdmissionRule } from '../admission/admission.rules.js';
import type { Repayment, Security } from '../need/need.rules.js';
import type { Fee, ProgrammeTerms } from './terms.rules.js';

export const productStatuses = ['DRAFT', 'OFFERED', 'WITHDRAWN'] as const;
export type ProductStatus = (typeof productStatuses)[number];

/** A product of an institution, as the version in force says; product_version keeps all of them. */
@Entity('product')
export class Product {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'institution_id' })
  institutionId: string;

  @Column('text', { name: 'institution_code' })
  institutionCode: string;

  @Column('text', { name: 'institution_name' })
  institutionName: string;

  @Column('text')
  name: string;

  @Column('text')
  description: string;

  @Column('text')
  family: ProductFamily;

  @FenColumn('amount_min_fen')
  amountMinFen: Fen;

  @FenColumn('amount_max_fen')
  amountMaxFen: Fen;

  @Column('integer', { name: 'term_months_min' })
  termMonthsMin: number;

  @Column('integer', { name: 'term_months_max' })
  termMonthsMax: number;

  @Column('integer', { name: 'annual_rate_bp_min' })
  annualRateBpMin: number;

  @Column('integer', { name: 'annual_rate_bp_max' })
  annualRateBpMax: number;

  @Column('text', { array: true })
  security: Security[];

  @Column('text', { array: true })
  repayment: Repayment[];

  @Column('jsonb')
  fees: readonly Fee[];

  @Column('jsonb', { nullable: true })
  admission: AdmissionRule | null;

  @Column('jsonb', { nullable: true })
  programme: ProgrammeTerms | null;

  /** The version in force. */
  @Column('integer')
  version: number;

  @Column('text')
  status: ProductStatus;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt: Date;
}
