import type { OfferStatus } from '@app/contracts';
import { FenColumn } from '@app/database';
import type { Day, Fen } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Repayment, Security } from '../need/need.rules.js';
import type { StoredFee } from './fee.rules.js';
import type { LprTenor } from './lpr.rules.js';
import type { RateBasis } from './offer.rules.js';

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

  /** FIXED, or LPR: then the rate above is that of the day of the offer. */
  @Column('text', { name: 'rate_basis' })
  rateBasis: RateBasis;

  @Column('text', { name: 'lpr_tenor', nullable: true })
  lprTenor: LprTenor | null;

  @Column('integer', { name: 'lpr_spread_bp', nullable: true })
  lprSpreadBp: number | null;

  @Column('integer', { name: 'lpr_bp', nullable: true })
  lprBp: number | null;

  @Column('date', { name: 'lpr_published_on', nullable: true })
  lprPublishedOn: Day | null;

  @Column('integer', { name: 'term_months' })
  termMonths: number;

  @Column('text')
  repayment: Repayment;

  @Column('text')
  security: Security;

  /** All fees over the whole term. */
  @FenColumn('fees_fen')
  feesFen: Fen;

  /** Each fee by kind and time; amounts as text of whole fen. */
  @Column('jsonb')
  fees: StoredFee[];

  /** Interest and fees over the money lent, a year: the simple method. */
  @Column('integer', { name: 'annual_cost_bp' })
  annualCostBp: number;

  /** The internal rate of return of all payments, a year; null on offers from before it was reckoned. */
  @Column('integer', { name: 'irr_bp', nullable: true })
  irrBp: number | null;

  /** Dearer than the enterprise wished: allowed, as the enterprise decides, and marked. */
  @Column('boolean', { name: 'above_rate_max' })
  aboveRateMax: boolean;

  /** The last day on which it can be accepted. */
  @Column('date', { name: 'valid_to' })
  validTo: Day;

  @Column('text')
  status: OfferStatus;

  /** What has to be fulfilled before money comes, in the bank's words. */
  @Column('text', { nullable: true })
  conditions: string | null;

  /** 1 for the first offer of the case; a revised one counts on. */
  @Column('integer')
  version: number;

  @Column('text', { name: 'withdrawn_reason', nullable: true })
  withdrawnReason: string | null;

  @Column('uuid', { name: 'made_by' })
  madeBy: string;

  @Column('timestamptz', { name: 'made_at' })
  madeAt: Date;

  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt: Date | null;

  @Column('uuid', { name: 'accepted_by', nullable: true })
  acceptedBy: string | null;
}
