import { PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';

import { type Consent, consents } from './listing.rules.js';

export class ListEntriesQuery extends PageQuery {
  @IsOptional()
  @Matches(/^\d{6}$/)
  district?: string;

  @ApiProperty({ enum: consents, required: false })
  @IsOptional()
  @IsIn(consents)
  consent?: Consent;
}
