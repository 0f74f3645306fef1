import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { ParameterName } from './limit.rules.js';

export type LimitChangeStatus = 'PENDING' | 'APPROVED' | 'REJECTED';

/** A value of one parameter from an instant on, proposed by one operator and decided by another. */
@Entity('limit_change')
export class LimitChange {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  what: ParameterName;

  /** null ends an override. */
  @Column('jsonb', { nullable: true })
  value: number | boolean | string | null;

  /** Of an override: the bank, the product, the district or the grade that it is for. */
  @Column('uuid', { name: 'institution_id', nullable: true })
  institutionId: string | null;

  @Column('uuid', { name: 'product_id', nullable: true })
  productId: string | null;

  @Column('text', { nullable: true })
  district: string | null;

  @Column('text', { nullable: true })
  grade: string | null;

  /** As proposed; an approval that comes later moves it to its own instant, so that the past never changes. */
  @Column('timestamptz', { name: 'effective_from' })
  effectiveFrom: Date;

  @Column('text')
  source: string;

  @Column('text')
  reason: string;

  @Column('text')
  status: LimitChangeStatus;

  /** Order of approval. */
  @Column('integer', { nullable: true })
  version: number | null;

  @Column('uuid', { name: 'proposed_by', nullable: true })
  proposedBy: string | null;

  @Column('timestamptz', { name: 'proposed_at' })
  proposedAt: Date;

  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt: Date | null;

  @Column('text', { name: 'decision_note', nullable: true })
  decisionNote: string | null;
}
