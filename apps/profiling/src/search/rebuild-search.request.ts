import { IsPlainText } from '@app/service';

export class RebuildSearchRequest {
  /** Why, for the log. */
  @IsPlainText(2, 200)
  reason: string;
}
