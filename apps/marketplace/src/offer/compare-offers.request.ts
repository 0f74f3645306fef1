import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

import { type OfferOrder, offerOrders } from './comparison.rules.js';

export class CompareOffersQuery {
  /** By total cost when it is left out; offers that stand come first in every order. */
  @ApiProperty({ enum: offerOrders, required: false })
  @IsOptional()
  @IsIn(offerOrders)
  sort?: OfferOrder;
}
