import { IsString, MaxLength, MinLength } from 'class-validator';

export class CreateSessionRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  login: string;

  /** Bounded far above any password of ours; wrong lengths are simply wrong passwords. */
  @IsString()
  @MinLength(1)
  @MaxLength(1_000)
  password: string;
}
