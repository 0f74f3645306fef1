import { grabStatuses, type GrabStatus } from '@app/contracts';
import { PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';

export class ListCasesQuery extends PageQuery {
  /** Only the cases of one account manager. */
  @IsOptional()
  @IsUUID()
  managerId?: string;

  /** Only open cases (`OPEN`) or those in one state. */
  @ApiProperty({ enum: ['OPEN', ...grabStatuses], required: false })
  @IsOptional()
  @IsIn(['OPEN', ...grabStatuses])
  status?: GrabStatus | 'OPEN';
}
