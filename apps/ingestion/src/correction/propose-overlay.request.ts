import { IsPlainText, PageQuery } from '@app/service';
import { IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';

export class ProposeOverlayRequest {
  @IsString()
  @MaxLength(64)
  feed: string;

  @IsString()
  @MaxLength(200)
  recordKey: string;

  /** The version that was looked at. */
  @IsInt()
  @Min(1)
  version: number;

  /**
   * Corrected fields by name, in the form of records: money as a string of whole fen, days `YYYY-MM-DD`, counts as numbers,
   * lists as arrays; null takes a field away.
   */
  @IsObject()
  fields: Record<string, unknown>;

  /** What is wrong, and how that is known. */
  @IsPlainText(2, 500)
  reason: string;

  /** Number of the document that it rests on; of an operator: of the enterprise's written request. */
  @IsPlainText(2, 100)
  document: string;
}

export class DecideRequest {
  @IsBoolean()
  approve: boolean;

  /** Why, for the history. */
  @IsOptional()
  @IsPlainText(1, 500)
  note?: string;
}

export class TakeBackRequest {
  @IsPlainText(2, 500)
  reason: string;
}

export const correctionStatuses = ['PROPOSED', 'ACTIVE', 'REJECTED', 'BACK_PROPOSED', 'TAKEN_BACK', 'ENDED'] as const;
export type CorrectionStatus = (typeof correctionStatuses)[number];

export class ListCorrectionsQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;

  @IsOptional()
  @IsIn(correctionStatuses)
  status?: CorrectionStatus;

  /** Of this enterprise only. */
  @IsOptional()
  @Matches(/^[0-9A-Z]{18}$/)
  uscc?: string;
}
