import { IsDay, IsFen, IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

import { amountMaxFen, amountMinFen } from '../need/need.rules.js';
import {
  refusalCodes,
  type RefusalCode,
  type VisitMethod,
  visitMethods,
  type VisitOutcome,
  visitOutcomes,
} from './campaign.rules.js';

/** A visit, a call or a talk on line, and what came of it. */
export class RecordVisitRequest {
  @IsDay()
  visitedOn: string;

  @ApiProperty({ enum: visitMethods })
  @IsIn(visitMethods)
  method: VisitMethod;

  @ApiProperty({ enum: visitOutcomes })
  @IsIn(visitOutcomes)
  outcome: VisitOutcome;

  /** Needed with REFUSED: why the bank does not lend. */
  @ApiProperty({ enum: refusalCodes, required: false })
  @IsOptional()
  @IsIn(refusalCodes)
  reason?: RefusalCode;

  /** Needed with LENT: the first loan. */
  @IsOptional()
  @IsFen({ min: amountMinFen, max: amountMaxFen })
  amountFen?: string;

  /** Needed with LENT. */
  @IsOptional()
  @IsDay()
  drawnOn?: string;

  @IsOptional()
  @IsPlainText(1, 500)
  note?: string;
}
