import type { GrabStatus } from '@app/contracts';
import { FenColumn } from '@app/database';
import type { Fen } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A place of a need that a bank took, and the case that follows from it. */
@Entity('grab')
export class Grab {
  @PrimaryColumn('uuid', { name: 'need_id' })
  needId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'institution_id' })
  institutionId: string;

  @Column('text', { name: 'institution_code' })
  institutionCode: string;

  @Column('text', { name: 'institution_name' })
  institutionName: string;

  /** Whose load the case counts to: the one who grabbed, until somebody else responds or takes it over. */
  @Column('uuid', { name: 'manager_id' })
  managerId: string;

  @Column('uuid', { name: 'grabbed_by' })
  grabbedBy: string;

  /** 首问负责: the first who recorded a contact owns the case for the institution. */
  @Column('uuid', { name: 'first_responder_id', nullable: true })
  firstResponderId: string | null;

  @FenColumn('intended_fen')
  intendedFen: Fen;

  @Column('text')
  status: GrabStatus;

  /** The limits under which it was granted. */
  @Column('integer', { name: 'limit_version' })
  limitVersion: number;

  @Column('uuid', { name: 'authorisation_id' })
  authorisationId: string;

  @Column('timestamptz', { name: 'grabbed_at' })
  grabbedAt: Date;

  @Column('timestamptz', { name: 'contact_by' })
  contactBy: Date;

  @Column('timestamptz', { name: 'evidence_by' })
  evidenceBy: Date;

  @Column('timestamptz', { name: 'decide_by' })
  decideBy: Date;

  @Column('timestamptz', { name: 'draw_by', nullable: true })
  drawBy: Date | null;

  @Column('timestamptz', { name: 'contacted_at', nullable: true })
  contactedAt: Date | null;

  /** First call or visit; a message alone is a contact but no evidence. */
  @Column('timestamptz', { name: 'evidence_at', nullable: true })
  evidenceAt: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  @Column('text', { name: 'ended_reason', nullable: true })
  endedReason: string | null;

  @Column('text', { name: 'ended_text', nullable: true })
  endedText: string | null;
}
