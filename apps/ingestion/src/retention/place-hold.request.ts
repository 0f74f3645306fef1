import { IsDay, IsPlainText, IsUscc, PageQuery } from '@app/service';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class PlaceHoldRequest {
  /** LEGAL_HOLD lasts until it is released, DUTY to its last day. */
  @IsIn(['LEGAL_HOLD', 'DUTY'])
  kind: 'LEGAL_HOLD' | 'DUTY';

  /** Records of this enterprise; with a feed: of this enterprise in that feed. */
  @IsOptional()
  @IsUscc()
  uscc?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;

  /** This record of the feed only. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  recordKey?: string;

  /** Last day of a duty. */
  @IsOptional()
  @IsDay()
  until?: string;

  @IsPlainText(2, 500)
  reason: string;

  /** Number of the order, or of the rule that asks for it. */
  @IsPlainText(2, 100)
  document: string;
}

export class ReleaseHoldRequest {
  @IsPlainText(2, 500)
  reason: string;
}

export class ListProofsQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;

  /** With a feed: only the proof of this record. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  recordKey?: string;
}
