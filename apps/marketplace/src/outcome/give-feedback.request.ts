import { IsPlainText } from '@app/service';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class GiveFeedbackRequest {
  @IsInt()
  @Min(1)
  @Max(5)
  stars: number;

  /** The bank and the operator read it, without names and numbers. */
  @IsOptional()
  @IsPlainText(1, 500)
  text?: string;
}
