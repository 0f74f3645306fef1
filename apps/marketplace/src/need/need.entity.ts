import type { NeedStatus } from '@app/contracts';
import { FenColumn } from '@app/database';
import type { Fen, Uscc } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { FirstLook, Security } from './need.rules.js';

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

  /** The ended need that this one repeats as its next version. */
  @Column('uuid', { name: 'previous_id', nullable: true })
  previousId: string | null;

  /** The published need that repeats this one. */
  @Column('uuid', { name: 'next_id', nullable: true })
  nextId: string | null;

  @Column('integer')
  version: number;

  /** The product of the shelf that the enterprise asks for; limits may differ by it. */
  @Column('uuid', { name: 'product_id', nullable: true })
  productId: string | null;

  /** Why one bank may look at it first. */
  @Column('text', { name: 'first_look', nullable: true })
  firstLook: FirstLook | null;

  @Column('uuid', { name: 'exclusive_institution_id', nullable: true })
  exclusiveInstitutionId: string | null;

  @Column('text', { name: 'exclusive_institution_code', nullable: true })
  exclusiveInstitutionCode: string | null;

  /** The last millisecond in which that bank is alone with it. */
  @Column('timestamptz', { name: 'exclusive_until', nullable: true })
  exclusiveUntil: Date | null;

  /** Whether the enterprise wishes a fair window where the market does not have one anyway. */
  @Column('boolean', { name: 'fair_window' })
  fairWindow: boolean;

  /** The last millisecond in which grabs are taken as sealed entries; a draw follows. */
  @Column('timestamptz', { name: 'sealed_until', nullable: true })
  sealedUntil: Date | null;

  /** Hash of the secret that goes into the draw. */
  @Column('text', { nullable: true })
  commitment: string | null;

  @Column('timestamptz', { name: 'drawn_at', nullable: true })
  drawnAt: Date | null;

  /** Banks in line for a place; free places are theirs first. */
  @Column('integer')
  waiting: number;

  /** When the line was last asked whether somebody's turn has come; null when something has changed since. */
  @Column('timestamptz', { name: 'line_seen_at', nullable: true })
  lineSeenAt: Date | null;

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
