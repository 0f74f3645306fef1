import type { NeedStatus } from '@app/contracts';
import { FenColumn } from '@app/database';
import type { Fen, Uscc } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Security } from './need.rules.js';

/** What an enterprise wants to borrow. */
@Entity('need')
export class Need {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  uscc: Uscc;

  @Column('uuid', { name: 'organisation_id' })
  organisationId: string;

  @Column('text', { name: 'enterprise_name' })
  enterpriseName: string;

  @FenColumn('amount_fen')
  amountFen: Fen;

  @Column('integer', { name: 'term_months' })
  termMonths: number;

  @Column('text')
  purpose: string;

  /** The purpose as leads show it: without names, codes and phone numbers. */
  @Column('text', { name: 'shown_purpose' })
  shownPurpose: string;

  @Column('text')
  security: Security;

  @Column('integer', { name: 'annual_rate_bp_max', nullable: true })
  annualRateBpMax: number | null;

  @Column('text', { name: 'contact_name' })
  contactName: string;

  @Column('text', { name: 'contact_phone' })
  contactPhone: string;

  @Column('boolean', { name: 'several_lenders' })
  severalLenders: boolean;

  @Column('text')
  status: NeedStatus;

  /** The expired need that this one repeats. */
  @Column('uuid', { name: 'previous_id', nullable: true })
  previousId: string | null;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'published_at', nullable: true })
  publishedAt: Date | null;

  /** The last millisecond in which it is open. */
  @Column('timestamptz', { name: 'closes_at', nullable: true })
  closesAt: Date | null;

  @Column('integer')
  extensions: number;

  @Column('uuid', { name: 'authorisation_id', nullable: true })
  authorisationId: string | null;

  /** Since when no authorisation carries it: off the board, while running cases go on. */
  @Column('timestamptz', { name: 'suspended_at', nullable: true })
  suspendedAt: Date | null;

  @Column('text', { nullable: true })
  district: string | null;

  @Column('text', { nullable: true })
  industry2: string | null;

  @Column('text', { nullable: true })
  tier: string | null;

  @Column('text', { name: 'score_band', nullable: true })
  scoreBand: string | null;

  @Column('text', { name: 'model_version', nullable: true })
  modelVersion: string | null;

  /** Places held by open grabs. */
  @Column('integer')
  taken: number;

  /** Sum that the open grabs intend. */
  @FenColumn('intended_fen')
  intendedFen: Fen;

  /** The next deadline of the need, its cases or its offers: what housekeeping looks for. */
  @Column('timestamptz', { name: 'next_due', nullable: true })
  nextDue: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  @Column('text', { name: 'ended_reason', nullable: true })
  endedReason: string | null;
}
