import { PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';

import { webhookKinds } from '../kind/kind.rules.js';

export class RegisterWebhookRequest {
  /** `https://…` of the public internet. */
  @IsString()
  @MaxLength(500)
  url: string;

  /** Kinds of notices to send there. */
  @ApiProperty({ enum: webhookKinds, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(webhookKinds.length)
  @ArrayUnique()
  @IsIn(webhookKinds, { each: true })
  kinds: string[];
}

export const messageStates = ['QUEUED', 'SENDING', 'DELIVERED', 'PARKED'] as const;
export type MessageState = (typeof messageStates)[number];

export class MessageListQuery extends PageQuery {
  @ApiProperty({ enum: messageStates, required: false })
  @IsOptional()
  @IsIn(messageStates)
  state?: MessageState;
}
