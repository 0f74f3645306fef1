import { type ProductFamily, productFamilies } from '@app/contracts';
import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';

import { amountBands } from '../lead/lead.rules.js';
import { securities, type Security } from '../need/need.rules.js';

const tiers = ['T1', 'T2', 'T3', 'T4', 'T5'] as const;
const scoreBands = ['A', 'B', 'C', 'D', 'E'] as const;
export const deliveries = ['IMMEDIATE', 'DAILY'] as const;
export type Delivery = (typeof deliveries)[number];

/** A filter of the lead board, kept; what is left out asks for nothing. */
export class WriteSearchRequest {
  @IsPlainText(1, 60)
  name: string;

  /** At once for each need, or in one message a day; IMMEDIATE when absent. */
  @ApiProperty({ enum: deliveries, required: false })
  @IsOptional()
  @IsIn(deliveries)
  delivery?: Delivery;

  /** In 万元. */
  @ApiProperty({ enum: amountBands, isArray: true, required: false })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(amountBands, { each: true })
  amountBands?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(/^\d{6}$/, { each: true })
  districts?: string[];

  /** Two digits of GB/T 4754. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @Matches(/^\d{2}$/, { each: true })
  industries?: string[];

  @ApiProperty({ enum: tiers, isArray: true, required: false })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(tiers, { each: true })
  tiers?: string[];

  @ApiProperty({ enum: scoreBands, isArray: true, required: false })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(scoreBands, { each: true })
  scoreBands?: string[];

  @ApiProperty({ enum: securities, isArray: true, required: false })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(securities, { each: true })
  securities?: Security[];

  /** One of these must stand in the purpose. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 20, { each: true })
  purposeWords?: string[];

  /** One of the own products of these families must not fail on the lead. */
  @ApiProperty({ enum: productFamilies, isArray: true, required: false })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(productFamilies, { each: true })
  families?: ProductFamily[];
}
