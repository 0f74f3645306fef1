import { IsUscc, PageQuery } from '@app/service';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, MaxLength, Min } from 'class-validator';

const wholeNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;

export class TraceRecordQuery extends PageQuery {
  @IsString()
  @MaxLength(64)
  feed: string;

  @IsString()
  @MaxLength(200)
  recordKey: string;

  /** Without it: the version in force; of uses: of every version. */
  @IsOptional()
  @Transform(wholeNumber)
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

export class TraceBatchQuery extends PageQuery {
  /** Of this row of the file only. */
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  line?: number;
}
