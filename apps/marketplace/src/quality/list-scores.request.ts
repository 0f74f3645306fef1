import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

export class ScoreListQuery {
  /** `YYYY-MM`; without it the latest published month. */
  @ApiProperty({ type: String, required: false, pattern: '^\\d{4}-(0[1-9]|1[0-2])$', example: '2026-10' })
  @IsOptional()
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/, { message: 'month must be YYYY-MM' })
  month?: string;
}
