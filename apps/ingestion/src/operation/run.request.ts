import { IsInstant, IsPlainText, PageQuery } from '@app/service';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export const proposedKinds = ['REPLAY_FEED', 'REBUILD'] as const;
export type RunKind = (typeof proposedKinds)[number] | 'REPLAY_BATCH';
export const runStates = ['PROPOSED', 'REJECTED', 'RUNNING', 'DONE', 'STOPPED'] as const;
export type RunState = (typeof runStates)[number];
export const replayContracts = ['MENDED', 'CURRENT'] as const;
export type ReplayContract = (typeof replayContracts)[number];

export class ReplayBatchRequest {
  @IsPlainText(2, 500)
  reason: string;

  /**
   * MENDED (default): the contract's version that the delivery came under, as that version reads today; CURRENT: the version
   * in force today, which may read the old file otherwise, or not at all.
   */
  @IsOptional()
  @IsIn(replayContracts)
  contract?: ReplayContract;
}

export class ProposeRunRequest extends ReplayBatchRequest {
  /** REPLAY_FEED: kept files of a feed applied again; REBUILD: all that follows from its records told of them again. */
  @IsIn(proposedKinds)
  kind: (typeof proposedKinds)[number];

  @IsString()
  @MaxLength(64)
  feed: string;

  /** REPLAY_FEED: deliveries received from this instant on. */
  @IsOptional()
  @IsInstant()
  receivedFrom?: string;

  /** REPLAY_FEED: deliveries received before this instant; otherwise before the approval. */
  @IsOptional()
  @IsInstant()
  receivedBefore?: string;

  /** REBUILD: records told a second, 500 without it, so that those who hear are not flooded. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5_000)
  perSecond?: number;
}

export class DecideRunRequest {
  @IsBoolean()
  approve: boolean;

  @IsOptional()
  @IsPlainText(2, 500)
  note?: string;
}

export class StopRunRequest {
  @IsPlainText(2, 500)
  reason: string;
}

export class ListRunsRequest extends PageQuery {
  @IsOptional()
  @IsIn(runStates)
  state?: RunState;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;
}
