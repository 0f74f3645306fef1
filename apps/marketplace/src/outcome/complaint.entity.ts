import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { ComplaintCategory, ComplaintStatus } from './outcome.rules.js';

/** An enterprise complains about a bank; the bank answers; an operator closes. Texts are kept without names and numbers. */
@Entity('complaint')
export class Complaint {
  @PrimaryColumn('uuid', { name: 'need_id' })
  needId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'grab_id' })
  grabId: string;

  @Column('uuid', { name: 'institution_id' })
  institutionId: string;

  @Column('uuid', { name: 'organisation_id' })
  organisationId: string;

  @Column('text')
  category: ComplaintCategory;

  @Column('text')
  text: string;

  @Column('text')
  status: ComplaintStatus;

  @Column('uuid', { name: 'filed_by' })
  filedBy: string;

  @Column('timestamptz', { name: 'filed_at' })
  filedAt: Date;

  @Column('timestamptz', { name: 'answer_by' })
  answerBy: Date;

  @Column('text', { nullable: true })
  answer: string | null;

  @Column('uuid', { name: 'answered_by', nullable: true })
  answeredBy: string | null;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt: Date | null;

  @Column('boolean', { nullable: true })
  upheld: boolean | null;

  @Column('text', { name: 'closing_note', nullable: true })
  closingNote: string | null;

  @Column('uuid', { name: 'closed_by', nullable: true })
  closedBy: string | null;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt: Date | null;
}
