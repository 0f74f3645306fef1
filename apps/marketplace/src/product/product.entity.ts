import { FenColumn } from '@app/database';
import type { Fen } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Security } from '../need/need.rules.js';

export type ProductStatus = 'OFFERED' | 'WITHDRAWN';

/** What an institution offers to everybody on its shelf. */
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

  @Column('text')
  status: ProductStatus;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt: Date;
}
