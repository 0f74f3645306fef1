import { IsPlainText } from '@app/service';

export class RequestRebuildRequest {
  /** Why the figures are to be made anew; kept with the rebuild. */
  @IsPlainText(1, 500)
  reason: string;
}
