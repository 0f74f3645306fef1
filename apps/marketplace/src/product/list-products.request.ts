import { PageQuery } from '@app/service';
import { IsOptional, Matches } from 'class-validator';

export class ListProductsQuery extends PageQuery {
  /** Code of one institution. */
  @IsOptional()
  @Matches(/^[A-Z0-9-]{2,32}$/)
  institution?: string;
}
