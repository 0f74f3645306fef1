import type { EntryStatus } from '@app/contracts';
import { FenColumn } from '@app/database';
import type { Fen } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A bank that wants a place it cannot have at once: sealed for a draw, or waiting in line. */
@Entity('entry')
export class Entry {
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

  /** Whose case it becomes. */
  @Column('uuid', { name: 'manager_id' })
  managerId: string;

  @FenColumn('intended_fen')
  intendedFen: Fen;

  @Column('text')
  status: EntryStatus;

  /** Hash of the key that the bank entered a draw with; null for who came to the line later. */
  @Column('text', { name: 'nonce_hash', nullable: true })
  nonceHash: string | null;

  @Column('timestamptz', { name: 'entered_at' })
  enteredAt: Date;

  /** Its place in the line, from 1; never given twice in a need. */
  @Column('integer', { name: 'line_no', nullable: true })
  lineNo: number | null;

  /** In which order it was drawn, from 1. */
  @Column('integer', { name: 'draw_rank', nullable: true })
  drawRank: number | null;

  @Column('uuid', { name: 'grab_id', nullable: true })
  grabId: string | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  /** Why it was passed over or closed. */
  @Column('text', { nullable: true })
  reason: string | null;
}
