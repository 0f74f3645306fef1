import { IsDay, IsFen } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

import {
  amountMaxFen,
  rateBpMax,
  type Repayment,
  repayments,
  securities,
  type Security,
  termMonthsMax,
} from '../need/need.rules.js';

export class MakeOfferRequest {
  /** Not more than the need. */
  @IsFen({ min: 1n, max: amountMaxFen })
  amountFen: string;

  /** Basis points a year. Above what the enterprise wished it is marked, not refused. */
  @IsInt()
  @Min(0)
  @Max(rateBpMax)
  annualRateBp: number;

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

  /** Everything that is paid besides interest, once, at the start. */
  @IsOptional()
  @IsFen({ min: 0n, max: amountMaxFen })
  feesFen?: string;

  /** The last day on which the enterprise can accept: from today on, half a year at most. */
  @IsDay()
  validTo: string;
}
