import type { Receipt } from '@app/evidence';
import type { Day } from '@app/kernel';
import { ApiProperty } from '@nestjs/swagger';

import { ReceiptResponse } from '../receipt/receipt.response.js';
import { type AuthorisationText, textHash } from './authorisation-text.rules.js';
import { authorisationStatuses, statusOf } from './authorisation.rules.js';

/** An authorisation as it is stored, with its revocation if there is one. */
export interface AuthorisationRow {
  id: string;
  limbs: string[];
  institutions: string[] | null;
  purposes: string[];
  validFrom: Day;
  validTo: Day;
  signedAt: Date;
  signedName: string;
  revokedAt: Date | null;
  textVersion: string;
  textHash: string;
}

export class AuthorisationResponse {
  id: string;
  @ApiProperty({ enum: authorisationStatuses })
  status: string;
  limbs: string[];
  /** Codes, or "ALL". */
  @ApiProperty({
    oneOf: [
      { type: 'array', items: { type: 'string' } },
      { type: 'string', enum: ['ALL'] },
    ],
  })
  institutions: string[] | 'ALL';
  purposes: string[];
  validFrom: string;
  validTo: string;
  signedAt: string;
  /** Who signed for the enterprise. */
  signedBy: string;
  revokedAt: string | null;
  textVersion: string;
  /** SHA-256 of the words that were signed. */
  textHash: string;
}

export class SignedAuthorisationResponse extends AuthorisationResponse {
  receipt: ReceiptResponse;
}

export class RevokedAuthorisationResponse extends AuthorisationResponse {
  /** Absent when it had been revoked before. */
  receipt?: ReceiptResponse;
}

export class AuthorisationPage {
  items: AuthorisationResponse[];
  nextCursor: string | null;
}

export class AuthorisationWordingResponse {
  title: string;
  notice: string;
  /** By limb. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  limbs: Record<string, string>;
  /** By purpose. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  purposes: Record<string, string>;
  institutions: string;
  revocation: string;
}

export class AuthorisationTextResponse {
  version: string;
  inForceFrom: string;
  hash: string;
  zh: AuthorisationWordingResponse;
  en: AuthorisationWordingResponse;
}

export function toAuthorisationResponse(row: AuthorisationRow, today: Day): AuthorisationResponse {
  return {
    id: row.id,
    status: statusOf(row, row.revokedAt, today),
    limbs: row.limbs,
    institutions: row.institutions ?? 'ALL',
    purposes: row.purposes,
    validFrom: row.validFrom,
    validTo: row.validTo,
    signedAt: row.signedAt.toISOString(),
    signedBy: row.signedName,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    textVersion: row.textVersion,
    textHash: row.textHash,
  };
}

/** The answer to an act: the state that it left, with its receipt. */
export const withReceipt = (row: AuthorisationRow, today: Day, receipt: Receipt): SignedAuthorisationResponse =>
  Object.assign(toAuthorisationResponse(row, today), { receipt });

export const toTextResponse = (text: AuthorisationText): AuthorisationTextResponse => ({
  version: text.version,
  inForceFrom: text.inForceFrom,
  hash: textHash(text),
  zh: text.zh,
  en: text.en,
});
