import { type ProductFamily, productFamilies } from '@app/contracts';
import { PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';

export class ListProductsQuery extends PageQuery {
  /** Code of one institution. */
  @IsOptional()
  @Matches(/^[A-Z0-9-]{2,32}$/)
  institution?: string;

  @ApiProperty({ enum: productFamilies, required: false })
  @IsOptional()
  @IsIn(productFamilies)
  family?: ProductFamily;
}
