import { type EntryStatus, entryStatuses } from '@app/contracts';
import { PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

export class ListEntriesQuery extends PageQuery {
  @ApiProperty({ enum: entryStatuses, required: false })
  @IsOptional()
  @IsIn(entryStatuses)
  status?: EntryStatus;
}
