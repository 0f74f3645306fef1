import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

import { type ContactMethod, contactMethods } from '../grab/case.rules.js';

export class RecordContactRequest {
  @ApiProperty({ enum: contactMethods })
  @IsIn(contactMethods)
  method: ContactMethod;

  /** What was said; colleagues read it. */
  @IsPlainText(1, 1_000)
  note: string;
}
