import { IsDay, IsFen, IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsObject, IsOptional, Max, Min, ValidateNested } from 'class-validator';

import {
  amountMaxFen,
  rateBpMax,
  type Repayment,
  repayments,
  securities,
  type Security,
  termMonthsMax,
} from '../need/need.rules.js';
import { type FeeKind, feeKinds, feesMax, type FeeTiming, feeTimings } from './fee.rules.js';
import { type LprTenor, lprTenors } from './lpr.rules.js';

export class LprRateRequest {
  @ApiProperty({ enum: lprTenors })
  @IsIn(lprTenors)
  tenor: LprTenor;

  /** Points above the LPR in basis points; below zero for points under it. */
  @IsInt()
  @Min(-500)
  @Max(rateBpMax)
  spreadBp: number;
}

export class OfferFeeRequest {
  @ApiProperty({ enum: feeKinds })
  @IsIn(feeKinds)
  kind: FeeKind;

  /** On the day of the money, with each payment, ahead of each year, or on the last day. */
  @ApiProperty({ enum: feeTimings })
  @IsIn(feeTimings)
  timing: FeeTiming;

  /** What falls due each time. */
  @IsFen({ min: 1n, max: amountMaxFen })
  amountFen: string;
}

export class MakeOfferRequest {
  /** Not more than the need. */
  @IsFen({ min: 1n, max: amountMaxFen })
  amountFen: string;

  /** Basis points a year, or instead `lpr`. Above what the enterprise wished it is marked, not refused. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(rateBpMax)
  annualRateBp?: number;

  /** The rate as points from the LPR of the day of the offer, instead of `annualRateBp`. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LprRateRequest)
  lpr?: LprRateRequest;

  @IsInt()
  @Min(1)
  @Max(termMonthsMax)
  termMonths: number;

  @ApiProperty({ enum: repayments })
  @IsIn(repayments)
  repayment: Repayment;

  @ApiProperty({ enum: securities })
  @IsIn(securities)
  security: Security;

  /** Everything that is paid besides interest, once, at the start: short for one fee in `fees`. */
  @IsOptional()
  @IsFen({ min: 0n, max: amountMaxFen })
  feesFen?: string;

  /** Every fee by kind and time, instead of `feesFen`. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(feesMax)
  @ValidateNested({ each: true })
  @Type(() => OfferFeeRequest)
  fees?: OfferFeeRequest[];

  /** What has to be fulfilled before money comes. */
  @IsOptional()
  @IsPlainText(1, 1_000)
  conditions?: string;

  /** The last day on which the enterprise can accept: from today on, half a year at most. */
  @IsDay()
  validTo: string;
}
