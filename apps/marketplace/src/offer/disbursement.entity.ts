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

  @FenColumn('amount_fen')
  amountFen: Fen;

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
