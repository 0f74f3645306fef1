import { type ProductFamily, productFamilies } from '@app/contracts';
import { IsDay, IsFen, IsPlainText } from '@app/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

import {
  amountMaxFen,
  amountMinFen,
  rateBpMax,
  type Repayment,
  repayments,
  securities,
  type Security,
  termMonthsMax,
} from '../need/need.rules.js';
import { type FeeKind, feeKinds } from './terms.rules.js';

/** A fee beside the interest. */
export class FeeRequest {
  @ApiProperty({ enum: feeKinds })
  @IsIn(feeKinds)
  kind: FeeKind;

  /** Share of the amount in basis points; or `amountFen`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  ofAmountBp?: number;

  @IsOptional()
  @IsFen({ min: 1n, max: amountMaxFen })
  amountFen?: string;
}

/** The ranges of a product, or of a programme's frame. */
export class TermsRequest {
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

  /** Admission rule as data: `{all|any: [...]}`, `{not: ...}` or `{field, op, value}`; absent: open to everybody. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @IsOptional()
  admission?: object;
}

/** A product as the institution writes it; an edit sends the whole of it again. */
export class WriteProductRequest extends TermsRequest {
  /** GENERAL when absent. */
  @ApiProperty({ enum: productFamilies, required: false })
  @IsOptional()
  @IsIn(productFamilies)
  family?: ProductFamily;

  /** All ways of repayment when absent. */
  @ApiProperty({ enum: repayments, isArray: true, required: false })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(repayments.length)
  @ArrayUnique()
  @IsIn(repayments, { each: true })
  repayment?: Repayment[];

  @ApiProperty({ type: [FeeRequest], required: false })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => FeeRequest)
  fees?: FeeRequest[];

  /** New products only: keep it off the shelf until it is published. */
  @IsOptional()
  @IsBoolean()
  draft?: boolean;

  /** Edits only: the day from which the new version holds; at once when absent. */
  @IsOptional()
  @IsDay()
  effectiveFrom?: string;
}
