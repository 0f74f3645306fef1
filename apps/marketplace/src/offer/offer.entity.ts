import type { OfferStatus } from '@app/contracts';
import { FenColumn } from '@app/database';
import type { Day, Fen } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Repayment, Security } from '../need/need.rules.js';

/** Terms that a bank proposes under its grab. */
@Entity('offer')
export class Offer {
  @PrimaryColumn('uuid', { name: 'need_id' })
  needId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'grab_id' })
  grabId: string;

  @FenColumn('amount_fen')
  amountFen: Fen;

  @Column('integer', { name: 'annual_rate_bp' })
  annualRateBp: number;

  @Column('integer', { name: 'term_months' })
  termMonths: number;

  @Column('text')
  repayment: Repayment;

  @Column('text')
  security: Security;

  @FenColumn('fees_fen')
  feesFen: Fen;

  /** Interest and fees over the money lent, a year. */
  @Column('integer', { name: 'annual_cost_bp' })
  annualCostBp: number;

  /** Dearer than the enterprise wished: allowed, as the enterprise decides, and marked. */
  @Column('boolean', { name: 'above_rate_max' })
  aboveRateMax: boolean;

  /** The last day on which it can be accepted. */
  @Column('date', { name: 'valid_to' })
  validTo: Day;

  @Column('text')
  status: OfferStatus;

  @Column('uuid', { name: 'made_by' })
  madeBy: string;

  @Column('timestamptz', { name: 'made_at' })
  madeAt: Date;

  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt: Date | null;

  @Column('uuid', { name: 'accepted_by', nullable: true })
  acceptedBy: string | null;
}
