import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsDefined, IsIn, IsOptional, IsUUID, Matches, ValidateIf } from 'class-validator';

import { grades, type ParameterName, parameterNames } from './limit.rules.js';

const dayOrInstant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/;

export class ProposeLimitChangeRequest {
  /** Name of the parameter, as `GET limits` lists it. */
  @ApiProperty({ enum: parameterNames })
  @IsIn(parameterNames)
  what: ParameterName;

  /** A whole number, true or false, or a string of whole fen, as the parameter wants it; null ends an override. */
  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'boolean' }, { type: 'string' }], nullable: true })
  @ValidateIf(({ value }: ProposeLimitChangeRequest) => value !== null)
  @IsDefined()
  value: unknown;

  /** For needs of this product only. */
  @IsOptional()
  @IsUUID()
  productId?: string;

  /** For needs of this district only: a GB/T 2260 code. */
  @IsOptional()
  @Matches(/^\d{6}$/)
  district?: string;

  /** For banks whose service has this grade. */
  @ApiProperty({ enum: grades, required: false })
  @IsOptional()
  @IsIn(grades)
  grade?: (typeof grades)[number];

  /** For this bank only: its code. */
  @IsOptional()
  @Matches(/^[0-9A-Z-]{2,32}$/)
  institution?: string;

  /** A day in Suzhou (from its first moment on) or an instant; today and now mean "as soon as it is approved". */
  @Matches(dayOrInstant, { message: 'effectiveFrom must be a day YYYY-MM-DD or an instant with its offset' })
  effectiveFrom: string;

  /** Why, for the second operator and for the history. */
  @IsPlainText(1, 500)
  reason: string;
}
