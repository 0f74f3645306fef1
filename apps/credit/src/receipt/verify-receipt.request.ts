import type { Receipt } from '@app/evidence';
import { IsISO8601, IsString, IsUUID, Matches, MaxLength } from 'class-validator';

const hash = /^[0-9a-f]{64}$/;

/** A receipt as it was given out. */
export class VerifyReceiptRequest implements Receipt {
  @IsUUID()
  entryId: string;

  @Matches(/^\d{1,19}$/)
  sequence: string;

  @IsString()
  @MaxLength(40)
  service: string;

  @IsISO8601()
  @MaxLength(40)
  at: string;

  @IsString()
  @MaxLength(60)
  act: string;

  @Matches(hash)
  subjectHash: string;

  @Matches(hash)
  contentHash: string;

  @Matches(hash)
  hash: string;

  @IsString()
  @MaxLength(100)
  kid: string;

  @Matches(/^[\w-]{1,200}$/)
  signature: string;
}
