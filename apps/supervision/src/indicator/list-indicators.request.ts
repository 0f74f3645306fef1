import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

import { type Dimension, dimensions, type MeasureName, measureNames } from './measure.rules.js';

/** Without it: such a thing as "no tier" is asked for as NONE. */
export class ListIndicatorsQuery {
  /** What the rows are; `reason` for declines only. */
  @IsIn(dimensions)
  by: Dimension;

  /** What is counted; `needs` unless said otherwise. */
  @IsOptional()
  @IsIn(measureNames)
  measure?: MeasureName;

  /** First month or day; eleven months before `to` unless said otherwise. */
  @IsOptional()
  @IsString()
  @MaxLength(10)
  from?: string;

  /** Last month or day, included; this month unless said otherwise. */
  @IsOptional()
  @IsString()
  @MaxLength(10)
  to?: string;

  /** Six digits of GB/T 2260, or NONE. */
  @IsOptional()
  @Matches(/^(\d{6}|NONE)$/)
  district?: string;

  /** Two digits of GB/T 4754, or NONE. */
  @IsOptional()
  @Matches(/^(\d{2}|NONE)$/)
  industry?: string;

  /** T1 to T5, or NONE for enterprises without a tier. */
  @IsOptional()
  @Matches(/^(T[1-5]|NONE)$/)
  tier?: string;

  /** Code of the institution. */
  @IsOptional()
  @Matches(/^[0-9A-Z-]{2,32}$/)
  institution?: string;
}
