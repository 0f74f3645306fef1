import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an enterprise says of a bank after its case has ended. */
@Entity('feedback')
export class Feedback {
  @PrimaryColumn('uuid', { name: 'need_id' })
  needId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'grab_id' })
  grabId: string;

  @Column('uuid', { name: 'institution_id' })
  institutionId: string;

  @Column('integer')
  stars: number;

  /** Without names and numbers. */
  @Column('text', { nullable: true })
  text: string | null;

  @Column('uuid', { name: 'given_by' })
  givenBy: string;

  @Column('timestamptz', { name: 'given_at' })
  givenAt: Date;
}
