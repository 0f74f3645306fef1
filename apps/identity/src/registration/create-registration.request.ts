import { IsPlainText, IsUscc } from '@app/service';
import { Transform } from 'class-transformer';
import { IsString, Matches, MaxLength } from 'class-validator';

import { loginPattern, normalLogin } from '../person/login.rules.js';

export class CreateRegistrationRequest {
  @IsUscc()
  uscc: string;

  /** As in the registry. */
  @IsPlainText(1, 100)
  legalRepresentative: string;

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
}
