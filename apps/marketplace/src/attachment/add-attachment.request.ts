import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches } from 'class-validator';

import { type MediaType, mediaTypes } from './attachment.rules.js';

export class AddAttachmentRequest {
  /** File name, for colleagues to recognise it. */
  @IsPlainText(1, 120)
  name: string;

  @ApiProperty({ enum: mediaTypes })
  @IsIn(mediaTypes)
  mediaType: MediaType;

  /** The file in base64, half a megabyte at most before that. */
  @IsString()
  content: string;

  /** SHA-256 of the file, in hex; when it is given, it must be that of what arrived. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  sha256?: string;
}
