import { type Limb, limbs, type Purpose, purposes } from '@app/database';
import type { Day } from '@app/kernel';
import { IsDay } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  ValidateBy,
} from 'class-validator';

/** The source names 108 credit members; a list longer than 300 names means "ALL". */
const institutionsMax = 300;
const codePattern = /^[A-Z0-9-]{2,32}$/;

const isInstitutions = (value: unknown): boolean =>
  value === 'ALL' ||
  (Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= institutionsMax &&
    new Set(value).size === value.length &&
    value.every((code) => typeof code === 'string' && codePattern.test(code)));

export class SignAuthorisationRequest {
  /** What is permitted: the platform to collect, institutions to query and use. */
  @ApiProperty({ enum: limbs, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(limbs.length)
  @ArrayUnique()
  @IsIn(limbs, { each: true })
  limbs: Limb[];

  /** Codes of the institutions that may query, or "ALL" for every credit member. */
  @ApiProperty({
    oneOf: [
      { type: 'array', items: { type: 'string' } },
      { type: 'string', enum: ['ALL'] },
    ],
  })
  @ValidateBy({
    name: 'isInstitutions',
    validator: {
      validate: isInstitutions,
      defaultMessage: () => `institutions must be "ALL" or 1 to ${institutionsMax} different codes of institutions`,
    },
  })
  institutions: string[] | 'ALL';

  /** For what they may query. */
  @ApiProperty({ enum: purposes, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(purposes.length)
  @ArrayUnique()
  @IsIn(purposes, { each: true })
  purposes: Purpose[];

  @IsDay()
  validFrom: Day;

  /** The last day on which it holds. */
  @IsDay()
  validTo: Day;

  /** Version of the text that was shown; refused when another one is in force by now. */
  @IsOptional()
  @IsString()
  @MaxLength(20)
  textVersion?: string;
}
