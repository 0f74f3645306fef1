import { IsPlainText } from '@app/service';

export class RejectRegistrationRequest {
  @IsPlainText(1, 500)
  reason: string;
}
