import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

import { type PauseReason, pauseReasons } from './pause.rules.js';

export class PauseCaseRequest {
  @ApiProperty({ enum: pauseReasons })
  @IsIn(pauseReasons)
  reason: PauseReason;

  /** Working days; as many as are left to this side when it is left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(250)
  workdays?: number;

  /** Both sides read it, without names and numbers. */
  @IsOptional()
  @IsPlainText(1, 300)
  note?: string;
}
