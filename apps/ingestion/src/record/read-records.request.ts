import { IsInstant, IsUscc, PageQuery } from '@app/service';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class ReadRecordsQuery extends PageQuery {
  @IsUscc()
  uscc: string;

  /** Of this feed only. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;

  /** What was known at that instant, with its offset: `2026-03-01T08:00:00+08:00`; without it: what is known now. */
  @IsOptional()
  @IsInstant()
  asOf?: string;
}

export class ReadVersionsQuery extends PageQuery {
  @IsString()
  @MaxLength(64)
  feed: string;

  @IsString()
  @MaxLength(200)
  recordKey: string;
}
