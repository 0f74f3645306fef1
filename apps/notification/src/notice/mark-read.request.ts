import { IsInt, IsOptional, Min } from 'class-validator';

export class MarkReadRequest {
  /** Everything up to this number; without it everything there is now. */
  @IsOptional()
  @IsInt()
  @Min(1)
  upTo?: number;
}
