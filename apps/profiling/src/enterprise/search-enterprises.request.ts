import { PageQuery } from '@app/service';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

import { tiers } from '../tier/tier-terms.rules.js';

export class SearchEnterprisesRequest extends PageQuery {
  /** Part of a name or former name, or the beginning of a code; empty lists all. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  /** `NONE` for enterprises in no tier. */
  @IsOptional()
  @IsIn([...tiers, 'NONE'])
  tier?: string;

  /** Six digits of GB/T 2260. */
  @IsOptional()
  @Matches(/^\d{6}$/)
  district?: string;

  /** GB/T 4754 at any level, with or without the letter: `C`, `39`, `C39`, `C3911`. */
  @IsOptional()
  @Matches(/^(?:[A-T]\d{0,4}|\d{2,4})$/)
  industry?: string;
}
