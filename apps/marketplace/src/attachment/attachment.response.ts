import { ApiProperty } from '@nestjs/swagger';

import type { Attachment } from './attachment.entity.js';
import { type MediaType, mediaTypes } from './attachment.rules.js';

export class AttachmentResponse {
  id: string;
  grabId: string;
  name: string;
  @ApiProperty({ enum: mediaTypes })
  mediaType: MediaType;
  bytes: number;
  /** SHA-256 in hex: what the audit trail names. */
  sha256: string;
  uploadedBy: string;
  uploadedAt: string;
}

export class AttachmentContentResponse extends AttachmentResponse {
  /** The file in base64. */
  content: string;
}

export const toAttachmentResponse = (kept: Omit<Attachment, 'content'>): AttachmentResponse => ({
  id: kept.id,
  grabId: kept.grabId,
  name: kept.name,
  mediaType: kept.mediaType,
  bytes: kept.bytes,
  sha256: kept.sha256,
  uploadedBy: kept.uploadedBy,
  uploadedAt: kept.uploadedAt.toISOString(),
});

export const toAttachmentContentResponse = (kept: Attachment): AttachmentContentResponse =>
  Object.assign(toAttachmentResponse(kept), { content: kept.content.toString('base64') });
