import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateIf } from 'class-validator';

import { type DeclineReason, declineReasons } from '../grab/case.rules.js';

export class DeclineCaseRequest {
  @ApiProperty({ enum: declineReasons })
  @IsIn(declineReasons)
  reason: DeclineReason;

  /** Needed with OTHER. */
  @ValidateIf(({ reason, text }: DeclineCaseRequest) => reason === 'OTHER' || text !== undefined)
  @IsPlainText(1, 500)
  text?: string;
}

/** Before the first contact a place is given back without a reason; after it, giving back is declining. */
export class ReleaseCaseRequest {
  @ApiProperty({ enum: declineReasons, required: false })
  @IsOptional()
  @IsIn(declineReasons)
  reason?: DeclineReason;

  /** Needed with OTHER. */
  @ValidateIf(({ reason, text }: ReleaseCaseRequest) => reason === 'OTHER' || text !== undefined)
  @IsPlainText(1, 500)
  text?: string;
}
