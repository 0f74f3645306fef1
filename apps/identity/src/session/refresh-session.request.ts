import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

export class RefreshSessionRequest {
  /** For programs that keep no cookies; the portal sends its cookie instead. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  refreshToken?: string;
}
