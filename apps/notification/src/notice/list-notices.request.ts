import { PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

import { type Language, languages } from '../kind/kind-shape.rules.js';

export class NoticeListQuery extends PageQuery {
  /** `true`: only what has not been read. */
  @ApiProperty({ enum: ['true', 'false'], required: false })
  @IsOptional()
  @IsIn(['true', 'false'])
  unread?: 'true' | 'false';

  /** Of the texts; otherwise the person's own setting. */
  @ApiProperty({ enum: languages, required: false })
  @IsOptional()
  @IsIn(languages)
  language?: Language;
}

export class StreamQuery {
  /** For clients that cannot send the header `Last-Event-ID` on their first request. */
  @ApiProperty({ type: String, required: false, pattern: '^[0-9]{1,15}$' })
  @IsOptional()
  lastEventId?: string;

  @ApiProperty({ enum: languages, required: false })
  @IsOptional()
  @IsIn(languages)
  language?: Language;
}
