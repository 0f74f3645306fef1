import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { ContactMethod } from '../grab/case.rules.js';

/** One contact of a bank with the enterprise, as its account manager states it. */
@Entity('contact')
export class Contact {
  @PrimaryColumn('uuid', { name: 'need_id' })
  needId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'grab_id' })
  grabId: string;

  @Column('uuid', { name: 'institution_id' })
  institutionId: string;

  @Column('text')
  method: ContactMethod;

  /** What was said: for the bank and the operator. */
  @Column('text')
  note: string;

  /** When it took place, as the manager says; clocks go by `recordedAt`. */
  @Column('timestamptz', { name: 'happened_at' })
  happenedAt: Date;

  @Column('integer', { name: 'duration_minutes', nullable: true })
  durationMinutes: number | null;

  @Column('uuid', { name: 'attachment_ids', array: true })
  attachmentIds: string[];

  /** The one from which the bank answers for the case (首问负责). */
  @Column('boolean')
  first: boolean;

  @Column('uuid', { name: 'recorded_by' })
  recordedBy: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt: Date;
}
