import { IsDay, IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';

import { rateBpMax } from '../need/need.rules.js';
import { type LprTenor, lprTenors } from './lpr.rules.js';

export class QuoteLprRequest {
  @ApiProperty({ enum: lprTenors })
  @IsIn(lprTenors)
  tenor: LprTenor;

  /** Not in the future. */
  @IsDay()
  publishedOn: string;

  @IsInt()
  @Min(0)
  @Max(rateBpMax)
  rateBp: number;

  /** Where it was read. */
  @IsPlainText(1, 300)
  source: string;

  /** Compared with the publication: only of an equal quote that somebody else entered before. */
  @IsBoolean()
  verified: boolean;
}
