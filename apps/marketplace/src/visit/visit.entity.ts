import { Column, Entity, PrimaryColumn } from 'typeorm';

export const visitStatuses = ['PLANNED', 'HELD', 'CANCELLED'] as const;
export type VisitStatus = (typeof visitStatuses)[number];

/** A site visit: planned, then held with a report, or called off. */
@Entity('visit')
export class Visit {
  @PrimaryColumn('uuid', { name: 'need_id' })
  needId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'grab_id' })
  grabId: string;

  @Column('uuid', { name: 'institution_id' })
  institutionId: string;

  @Column('timestamptz', { name: 'planned_at' })
  plannedAt: Date;

  @Column('text', { nullable: true })
  place: string | null;

  @Column('text')
  status: VisitStatus;

  @Column('timestamptz', { name: 'held_at', nullable: true })
  heldAt: Date | null;

  /** What was seen: for the bank and the operator. Of a visit that was called off: why. */
  @Column('text', { nullable: true })
  report: string | null;

  @Column('uuid', { name: 'attachment_ids', array: true })
  attachmentIds: string[];

  @Column('uuid', { name: 'planned_by' })
  plannedBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
}
