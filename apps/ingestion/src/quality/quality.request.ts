import { IsDay, IsUscc, PageQuery } from '@app/service';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

export const findingKinds = ['UNIQUE', 'ORDER', 'RANGE', 'JUMP', 'AGREES'] as const;
export type FindingKind = (typeof findingKinds)[number];

export class ListFindingsRequest extends PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;

  @IsOptional()
  @IsIn(findingKinds)
  kind?: FindingKind;

  @IsOptional()
  @IsUscc()
  uscc?: string;
}

export class ConflictsRequest extends PageQuery {
  @IsUscc()
  uscc: string;
}

export class QualityDaysRequest {
  /** Absent: 30 days before `to`. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** Absent: today. */
  @IsOptional()
  @IsDay()
  to?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;
}

export class ListLettersRequest extends PageQuery {
  @IsOptional()
  @Matches(/^[A-Z0-9-]{2,32}$/)
  source?: string;

  @IsOptional()
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/)
  month?: string;
}

export class IssueLetterRequest {
  @Matches(/^[A-Z0-9-]{2,32}$/)
  source: string;

  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/)
  month: string;
}
