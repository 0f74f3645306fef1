import { type Role, roles } from '@app/auth';
import { IsPlainText } from '@app/service';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional } from 'class-validator';

import { ChooseLoginRequest } from './choose-login.request.js';

export class CreatePersonRequest extends ChooseLoginRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(roles.length)
  @ArrayUnique()
  @IsIn(roles, { each: true })
  roles: Role[];

  /** Name shown to colleagues; the login when it is not given. */
  @IsOptional()
  @IsPlainText(1, 50)
  displayName?: string;
}
