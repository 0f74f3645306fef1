import { IsPlainText, PageQuery } from '@app/service';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** What a person looks through in one go. */
const rowsMax = 100;
export const rowStates = ['OPEN', 'PROPOSED', 'SETTLED'] as const;
export type RowState = (typeof rowStates)[number];

export class ListSetAsideQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;

  /** The reason that decides: `MONEY_NEGATIVE`. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  code?: string;

  /** Code of the source. */
  @IsOptional()
  @IsString()
  @MaxLength(32)
  source?: string;

  @IsOptional()
  @IsIn(rowStates)
  state?: RowState;

  @IsOptional()
  @IsIn(['QUARANTINED', 'REFUSED'])
  kind?: 'QUARANTINED' | 'REFUSED';

  /** Delivered at least so many days ago. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(0)
  @Max(9_999)
  olderThanDays?: number;
}

export class ChosenRow {
  @IsUUID()
  batchId: string;

  @IsInt()
  @Min(1)
  lineNumber: number;

  /** Of a resubmission: the cells that are other, by field name, as a file would hold them. */
  @IsOptional()
  @IsObject()
  cells?: Record<string, unknown>;
}

/** All open rows of a feed with one reason, oldest first, at most 1 000 at once. */
export class ChosenReason {
  @IsString()
  @MaxLength(64)
  feed: string;

  @IsString()
  @MaxLength(40)
  code: string;

  /** The column, `/sales`. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  pointer?: string;

  /** Of this delivery only. */
  @IsOptional()
  @IsUUID()
  batchId?: string;
}

/** Rows of one feed: named one by one, or all of one reason. */
export class SettleRowsRequest {
  @ValidateIf(({ all }: SettleRowsRequest) => all === undefined)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(rowsMax)
  @ValidateNested({ each: true })
  @Type(() => ChosenRow)
  rows?: ChosenRow[];

  @ValidateIf(({ rows }: SettleRowsRequest) => rows === undefined)
  @ValidateNested()
  @Type(() => ChosenReason)
  all?: ChosenReason;

  /** Of a resubmission: cells that are other in every chosen row. */
  @IsOptional()
  @IsObject()
  cells?: Record<string, unknown>;

  @IsPlainText(2, 500)
  reason: string;
}

export class ListActsQuery extends PageQuery {
  @IsOptional()
  @IsIn(['PROPOSED', 'SETTLED', 'REJECTED'])
  state?: 'PROPOSED' | 'SETTLED' | 'REJECTED';
}
