import { IsUscc, PageQuery } from '@app/service';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, MaxLength, Min } from 'class-validator';

export class TraceRecordQuery extends PageQuery {
  @IsString()
  @MaxLength(64)
  feed: string;

  @IsString()
  @MaxLength(200)
  recordKey: string;

  /** Without it: the version in force; of uses: of every version. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  version?: number;
}

export class TraceScoreQuery extends PageQuery {
  @IsUscc()
  uscc: string;

  /** Without it: the latest score. */
  @IsOptional()
  @IsUUID()
  scoreId?: string;

  /** Of this indicator or figure only. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  code?: string;
}
