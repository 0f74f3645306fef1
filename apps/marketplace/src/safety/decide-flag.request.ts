import { IsPlainText, PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

import { type FlagKind, flagKinds, type FlagState, flagStates } from './flag.rules.js';

export class FlagListQuery extends PageQuery {
  @ApiProperty({ enum: flagKinds, required: false })
  @IsOptional()
  @IsIn(flagKinds)
  kind?: FlagKind;

  @ApiProperty({ enum: flagStates, required: false })
  @IsOptional()
  @IsIn(flagStates)
  state?: FlagState;
}

export class DecideFlagRequest {
  @ApiProperty({ enum: ['EXPLAINED', 'CONFIRMED'] })
  @IsIn(['EXPLAINED', 'CONFIRMED'])
  state: 'EXPLAINED' | 'CONFIRMED';

  /** What was found out, for whoever looks next. */
  @IsPlainText(1, 500)
  note: string;
}
