import { type Role, roles } from '@app/auth';
import { IsPlainText } from '@app/service';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';

import { loginPattern, normalLogin } from './login.rules.js';

export class CreatePersonRequest {
  /** 3 to 64 letters, digits and `. _ @ -`; capital letters are folded. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normalLogin(value) : value))
  @IsString()
  @Matches(loginPattern, {
    message: 'login must be 3 to 64 letters, digits and . _ @ -, beginning with a letter or digit',
  })
  login: string;

  /** At least 12 characters. */
  @IsString()
  @MaxLength(1_000)
  password: string;

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
