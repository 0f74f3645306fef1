import type { Day } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Pauser, PauseReason } from './pause.rules.js';

/** A time in which the service clocks of a case stand still. */
@Entity('case_pause')
export class CasePause {
  @PrimaryColumn('uuid', { name: 'need_id' })
  needId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'grab_id' })
  grabId: string;

  @Column('uuid', { name: 'institution_id' })
  institutionId: string;

  @Column('text')
  side: Pauser;

  @Column('text')
  reason: PauseReason;

  /** Both sides read it; without names and numbers. */
  @Column('text', { nullable: true })
  note: string | null;

  /** The day of the act; the clocks stand on working days after it. */
  @Column('date', { name: 'from_day' })
  fromDay: Day;

  /** The last day on which they stand. */
  @Column('date', { name: 'to_day' })
  toDay: Day;

  /** The deadlines without any pause: what every reckoning starts from. */
  @Column('date', { name: 'base_contact_on' })
  baseContactOn: Day;

  @Column('date', { name: 'base_evidence_on' })
  baseEvidenceOn: Day;

  @Column('date', { name: 'base_decide_on' })
  baseDecideOn: Day;

  @Column('uuid', { name: 'paused_by' })
  pausedBy: string;

  @Column('timestamptz', { name: 'paused_at' })
  pausedAt: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  /** null while it runs, and when it ran to its last day. */
  @Column('uuid', { name: 'ended_by', nullable: true })
  endedBy: string | null;
}
