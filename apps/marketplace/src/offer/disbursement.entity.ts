import { FenColumn } from '@app/database';
import type { Day, Fen } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Money paid out under an accepted offer, as the bank reports it. */
@Entity('disbursement')
export class Disbursement {
  @PrimaryColumn('uuid', { name: 'need_id' })
  needId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'grab_id' })
  grabId: string;

  @Column('uuid', { name: 'offer_id' })
  offerId: string;

  /** Below zero only where it takes a wrong report back. */
  @FenColumn('amount_fen')
  amountFen: Fen;

  /** The report that this entry takes back or replaces. */
  @Column('uuid', { name: 'corrects_id', nullable: true })
  correctsId: string | null;

  @Column('text', { name: 'correction_reason', nullable: true })
  correctionReason: string | null;

  @Column('date', { name: 'drawn_on' })
  drawnOn: Day;

  /** Reported after the deadline that counts from the day of the payout. */
  @Column('boolean')
  late: boolean;

  @Column('uuid', { name: 'reported_by' })
  reportedBy: string;

  @Column('timestamptz', { name: 'reported_at' })
  reportedAt: Date;
}
