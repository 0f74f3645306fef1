import { IsPlainText, IsUscc } from '@app/service';

import { ChooseLoginRequest } from '../person/choose-login.request.js';

export class CreateRegistrationRequest extends ChooseLoginRequest {
  @IsUscc()
  uscc: string;

  /** As in the registry. */
  @IsPlainText(1, 100)
  legalRepresentative: string;
}
