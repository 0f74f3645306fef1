import { IsPlainText, PageQuery } from '@app/service';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

export class AllowCodeRequest {
  /** A code that the registry really gave out although its check character is wrong. */
  @Matches(/^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/)
  uscc: string;

  /** How it is known that the registry gave it out. */
  @IsPlainText(2, 500)
  reason: string;
}

export class EndCodeRequest {
  @IsPlainText(2, 500)
  reason: string;
}

export class ListCodesQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(64)
  uscc?: string;

  /** Without it: also those that were taken off the list. */
  @IsOptional()
  @IsIn(['IN_FORCE', 'ENDED'])
  state?: 'IN_FORCE' | 'ENDED';
}
