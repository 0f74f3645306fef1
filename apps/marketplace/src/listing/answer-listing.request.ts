import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, Matches, ValidateNested } from 'class-validator';

/** Whom a bank that took the entry up may call. */
export class ListingContact {
  @IsPlainText(1, 40)
  name: string;

  @Matches(/^[0-9+() -]{5,20}$/)
  phone: string;
}

/** Whether banks may see who you are on this list; may be changed at any time. */
export class AnswerListingRequest {
  @ApiProperty({ enum: ['CONSENTED', 'REFUSED'] })
  @IsIn(['CONSENTED', 'REFUSED'])
  answer: 'CONSENTED' | 'REFUSED';

  /** Needed with CONSENTED; opens to banks that take the entry up. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ListingContact)
  contact?: ListingContact;
}
