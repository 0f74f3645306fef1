import { PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

export const deliveryStates = ['QUEUED', 'SENDING', 'WAITING', 'DIGESTED', 'SENT', 'PARKED', 'SKIPPED'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export class DeliveryListQuery extends PageQuery {
  @ApiProperty({ enum: deliveryStates, required: false })
  @IsOptional()
  @IsIn(deliveryStates)
  state?: DeliveryState;
}
