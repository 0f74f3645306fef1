import { IsFen, IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

import { amountMaxFen, amountMinFen, rateBpMax, securities, type Security, termMonthsMax } from './need.rules.js';
import { parsePhone } from './phone.rules.js';

const institutionCode = /^[0-9A-Z-]{2,32}$/;

export class ContactRequest {
  /** Whom the bank asks for. */
  @IsPlainText(1, 50)
  name: string;

  /** A mobile, land-line or 400 number of the mainland. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (parsePhone(value) ?? '') : value))
  @Matches(/^[\d-]{7,20}$/, { message: 'phone must be a telephone number of the mainland' })
  phone: string;
}

/** A need as the enterprise writes it; an edit of a draft sends the whole of it again. */
export class WriteNeedRequest {
  @IsFen({ min: amountMinFen, max: amountMaxFen })
  amountFen: string;

  @IsInt()
  @Min(1)
  @Max(termMonthsMax)
  termMonths: number;

  /** What the money is for. Leads show it only after names, codes, phone numbers and the exact amount are taken out. */
  @IsPlainText(1, 200)
  purpose: string;

  @ApiProperty({ enum: securities })
  @IsIn(securities)
  security: Security;

  /** The dearest annual rate that the enterprise wishes, in basis points. Dearer offers come marked. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(rateBpMax)
  annualRateBpMax?: number;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ContactRequest)
  contact: ContactRequest;

  /** Whether several banks may lend a part each: then accepting one offer does not end the others. */
  @IsOptional()
  @IsBoolean()
  severalLenders?: boolean;

  /** The same by its other name. */
  @IsOptional()
  @IsBoolean()
  allowMultipleLenders?: boolean;

  /** An own need that ended without money, which this one repeats. */
  @IsOptional()
  @Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  previousId?: string;

  /** A product of the shelf that the need is about. */
  @IsOptional()
  @IsUUID()
  productId?: string;

  /** Code of one bank that is to look at it alone first, for a working day. */
  @IsOptional()
  @Matches(institutionCode)
  directedTo?: string;

  /** Code of the enterprise's main bank, which is to look at it alone first, for two working days. */
  @IsOptional()
  @Matches(institutionCode)
  houseBank?: string;

  /** Whether places are to be drawn by lot among the banks of the first minutes, and not go to the fastest. */
  @IsOptional()
  @IsBoolean()
  fairWindow?: boolean;
}
