import { IsString, MaxLength } from 'class-validator';

export class ChangePasswordRequest {
  @IsString()
  @MaxLength(1_000)
  oldPassword: string;

  /** At least 12 characters, not the old one. */
  @IsString()
  @MaxLength(1_000)
  newPassword: string;
}
