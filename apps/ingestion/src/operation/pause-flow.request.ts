import { IsPlainText, PageQuery } from '@app/service';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export const pauseScopes = ['FEED', 'SOURCE'] as const;
export type PauseScope = (typeof pauseScopes)[number];

/** Both of a pause and of its end. */
export class PauseFlowRequest {
  /** FEED: one feed; SOURCE: every feed that this source takes part in. */
  @IsIn(pauseScopes)
  scope: PauseScope;

  /** The feed's name, or the source's code. */
  @IsString()
  @MaxLength(64)
  name: string;

  @IsPlainText(2, 500)
  reason: string;
}

export class ListOperationLogRequest extends PageQuery {
  /** Only acts that concerned this feed. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;
}
