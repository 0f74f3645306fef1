import { Column, Entity, PrimaryColumn } from 'typeorm';

export type AuditSubject =
  | 'need'
  | 'grab'
  | 'offer'
  | 'disbursement'
  | 'product'
  | 'limit'
  | 'entry'
  | 'programme'
  | 'search'
  | 'listing'
  | 'campaign';

/** One act, kept for ever: PostgreSQL refuses to change or remove it. */
@Entity('audit')
export class AuditEntry {
  /** The need, product or limit change that the act belongs to. */
  @PrimaryColumn('uuid', { name: 'root_id' })
  rootId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  subject: AuditSubject;

  @Column('uuid', { name: 'subject_id' })
  subjectId: string;

  @Column('text')
  act: string;

  @Column('text', { name: 'from_status', nullable: true })
  fromStatus: string | null;

  @Column('text', { name: 'to_status', nullable: true })
  toStatus: string | null;

  /** null when the service itself acted: a deadline, a revocation. */
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;

  @Column('uuid', { name: 'organisation_id', nullable: true })
  organisationId: string | null;

  @Column('jsonb')
  detail: object;
}
