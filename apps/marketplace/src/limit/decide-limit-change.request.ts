import { IsPlainText } from '@app/service';
import { IsOptional } from 'class-validator';

export class DecideLimitChangeRequest {
  /** Why, for the history. */
  @IsOptional()
  @IsPlainText(1, 500)
  note?: string;
}
