import { PageQuery } from '@app/service';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class ListFeedsRequest extends PageQuery {
  /** Only feeds of this source. */
  @IsOptional()
  @IsString()
  @MaxLength(32)
  source?: string;
}
