import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

import { type OfferWithdrawalReason, offerWithdrawalReasons } from './offer.rules.js';

export class WithdrawOfferRequest {
  @ApiProperty({ enum: offerWithdrawalReasons })
  @IsIn(offerWithdrawalReasons)
  reason: OfferWithdrawalReason;
}
