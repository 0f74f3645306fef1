import type { Viewer } from '@app/auth';
import { attachmentAdded } from '@app/contracts';
import { type InputFault, InvalidInput, sha256Hex, uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { CaseAccess } from '../case/case-access.service.js';
import { caseOf } from '../case/case.event.js';
import { CaseService } from '../case/case.service.js';
import { WrongState } from '../grab/grab.error.js';
import { isOpenGrab } from '../need/need.rules.js';
import type { AddAttachmentRequest } from './add-attachment.request.js';
import { Attachment } from './attachment.entity.js';
import { AttachmentNotFound, AttachmentTooLarge, TooManyAttachments } from './attachment.error.js';
import {
  type AttachmentContentResponse,
  type AttachmentResponse,
  toAttachmentContentResponse,
  toAttachmentResponse,
} from './attachment.response.js';
import {
  attachmentBytesMax,
  attachmentsMax,
  contentCharactersMax,
  decodeBase64,
  isOfType,
} from './attachment.rules.js';

/** Files of a case: the bank that keeps them and the operator read them; the enterprise never does. */
@Injectable()
export class AttachmentService {
  constructor(
    private readonly cases: CaseService,
    private readonly access: CaseAccess,
  ) {}

  async add(command: Command, grabId: string, request: AddAttachmentRequest): Promise<AttachmentResponse> {
    const { tx, viewer, now } = command;
    const content = contentOf(request);
    const opened = await this.cases.open(command, grabId);
    const { file, grab } = opened;
    if (!isOpenGrab(grab.status)) throw new WrongState('case', grab.status, 'open for a new file');
    const { id: needId } = file.need;
    // Under the lock of the need, so that two uploads at once cannot both be the last one.
    if ((await tx.countBy(Attachment, { needId, grabId })) >= attachmentsMax)
      throw new TooManyAttachments(attachmentsMax);
    const kept: Attachment = {
      needId,
      id: uuidv7(now),
      grabId,
      institutionId: grab.institutionId,
      name: request.name.trim(),
      mediaType: request.mediaType,
      bytes: content.length,
      sha256: sha256Hex(content),
      content,
      uploadedBy: viewer.personId,
      uploadedAt: now,
    };
    await tx.insert(Attachment, kept);
    const { id: attachmentId, sha256, bytes } = kept;
    file.note('grab', grabId, { act: 'ATTACHED', detail: { attachmentId, sha256, bytes } });
    file.tell(attachmentAdded, { ...caseOf(file.need, grab), attachmentId, sha256, bytes });
    await this.cases.close(command, opened);
    return toAttachmentResponse(kept);
  }

  /** The file itself. @throws AttachmentNotFound */
  async content(db: EntityManager, viewer: Viewer, grabId: string, id: string): Promise<AttachmentContentResponse> {
    const { grab } = await this.access.find(db, viewer, grabId);
    const found = await db
      .createQueryBuilder(Attachment, 'kept')
      .addSelect('kept.content')
      .where('kept.need_id = :needId and kept.id = :id and kept.grab_id = :grabId', { needId: grab.needId, id, grabId })
      .getOne();
    if (!found) throw new AttachmentNotFound();
    return toAttachmentContentResponse(found);
  }
}

/** The bytes that a request carries. @throws InvalidInput, AttachmentTooLarge */
function contentOf({ content, mediaType, sha256 }: AddAttachmentRequest): Buffer {
  if (content.length > contentCharactersMax) throw new AttachmentTooLarge(attachmentBytesMax);
  const bytes = decodeBase64(content);
  const faults: InputFault[] = [];
  if (!bytes) faults.push({ pointer: '/content', detail: 'is not a file in base64' });
  else if (!isOfType(bytes, mediaType)) faults.push({ pointer: '/content', detail: `is not of the type ${mediaType}` });
  if (bytes && sha256 !== undefined && sha256Hex(bytes) !== sha256)
    faults.push({ pointer: '/sha256', detail: 'is not the digest of what arrived' });
  if (!bytes || faults.length > 0) throw new InvalidInput(faults);
  if (bytes.length > attachmentBytesMax) throw new AttachmentTooLarge(attachmentBytesMax);
  return bytes;
}
