import { PageQuery } from '@app/service';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export const batchStatuses = ['RECEIVED', 'RUNNING', 'DONE', 'FAILED'] as const;
export type BatchStatus = (typeof batchStatuses)[number];

export class ListBatchesRequest extends PageQuery {
  /** Only batches of this feed. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;

  @IsOptional()
  @IsIn(batchStatuses)
  status?: BatchStatus;
}

export class ListQuarantineRequest extends PageQuery {
  /** QUARANTINED rows can be mended, REFUSED ones can not; without it: both. */
  @IsOptional()
  @IsIn(['QUARANTINED', 'REFUSED'])
  kind?: 'QUARANTINED' | 'REFUSED';
}
