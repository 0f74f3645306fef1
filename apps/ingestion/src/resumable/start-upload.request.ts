import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

/** What is going to come. */
export class StartUploadRequest {
  /** Size of the whole file. */
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  bytes: number;

  /** As it would stand in the Content-Type of a delivery in one piece. */
  @IsString()
  @MaxLength(200)
  contentType: string;

  /** SHA-256 of the whole file in hex digits; when given, a file that differs is refused. */
  @IsOptional()
  @IsString()
  @Matches(/^[0-9a-f]{64}$/)
  sha256?: string;
}
