import { Transform } from 'class-transformer';
import { IsString, Matches, MaxLength } from 'class-validator';

import { loginPattern, normalLogin } from './login.rules.js';

/** What everybody chooses who gets an account, whoever opens it. */
export abstract class ChooseLoginRequest {
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
