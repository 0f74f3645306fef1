import { PageQuery } from '@app/service';
import { IsISO8601, IsOptional, Matches } from 'class-validator';

export class ListRefusalsQuery extends PageQuery {
  /** First minute, an instant; without it everything that is kept. */
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Code of one bank. */
  @IsOptional()
  @Matches(/^[0-9A-Z-]{2,32}$/)
  institution?: string;

  /** One reason, such as NEED_FULL. */
  @IsOptional()
  @Matches(/^[A-Z_]{3,40}$/)
  code?: string;
}
