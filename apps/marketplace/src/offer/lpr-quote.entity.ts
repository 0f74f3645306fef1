import type { Day } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { LprTenor } from './lpr.rules.js';

/** A published loan prime rate. Never changed: a later entry for the same day stands in for an earlier one. */
@Entity('lpr_quote')
export class LprQuoteRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  tenor: LprTenor;

  @Column('date', { name: 'published_on' })
  publishedOn: Day;

  @Column('integer', { name: 'rate_bp' })
  rateBp: number;

  @Column('text')
  source: string;

  /** Whether somebody has compared it with the publication. */
  @Column('boolean')
  verified: boolean;

  /** null: came with the program. */
  @Column('uuid', { name: 'recorded_by', nullable: true })
  recordedBy: string | null;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt: Date;
}
