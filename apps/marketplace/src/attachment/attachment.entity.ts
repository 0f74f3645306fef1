import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { MediaType } from './attachment.rules.js';

/** A small file that a bank keeps as evidence of its work on a case. */
@Entity('attachment')
export class Attachment {
  @PrimaryColumn('uuid', { name: 'need_id' })
  needId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'grab_id' })
  grabId: string;

  @Column('uuid', { name: 'institution_id' })
  institutionId: string;

  @Column('text')
  name: string;

  @Column('text', { name: 'media_type' })
  mediaType: MediaType;

  @Column('integer')
  bytes: number;

  @Column('text')
  sha256: string;

  /** Read only where the file itself is wanted. */
  @Column('bytea', { select: false })
  content: Buffer;

  @Column('uuid', { name: 'uploaded_by' })
  uploadedBy: string;

  @Column('timestamptz', { name: 'uploaded_at' })
  uploadedAt: Date;
}
