import { PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional } from 'class-validator';

import { type FitOutcome, fitOutcomes } from './fit.rules.js';

export class ListMatchesQuery extends PageQuery {
  /** Only matches with this outcome. */
  @ApiProperty({ enum: fitOutcomes, required: false })
  @IsOptional()
  @IsIn(fitOutcomes)
  outcome?: FitOutcome;

  /** The match as it was at an instant (RFC 3339); now when absent. */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  asOf?: string;
}
