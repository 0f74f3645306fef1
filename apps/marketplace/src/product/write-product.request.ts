import { IsFen, IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

import { amountMaxFen, amountMinFen, rateBpMax, securities, type Security, termMonthsMax } from '../need/need.rules.js';

/** A product as the institution writes it; an edit sends the whole of it again. */
export class WriteProductRequest {
  @IsPlainText(1, 60)
  name: string;

  @IsOptional()
  @IsPlainText(1, 1_000)
  description?: string;

  @IsFen({ min: amountMinFen, max: amountMaxFen })
  amountMinFen: string;

  @IsFen({ min: amountMinFen, max: amountMaxFen })
  amountMaxFen: string;

  @IsInt()
  @Min(1)
  @Max(termMonthsMax)
  termMonthsMin: number;

  @IsInt()
  @Min(1)
  @Max(termMonthsMax)
  termMonthsMax: number;

  /** Basis points a year. */
  @IsInt()
  @Min(0)
  @Max(rateBpMax)
  annualRateBpMin: number;

  @IsInt()
  @Min(0)
  @Max(rateBpMax)
  annualRateBpMax: number;

  /** Kinds of security that the product accepts. */
  @ApiProperty({ enum: securities, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(securities.length)
  @ArrayUnique()
  @IsIn(securities, { each: true })
  security: Security[];
}
