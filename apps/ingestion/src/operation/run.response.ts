import type { RebuildFollower } from '@app/contracts';

import type { ReplayContract, RunKind, RunState } from './run.request.js';

/** What one of the two people did. */
export class RunStepResponse {
  personId: string;
  at: string;
  note: string | null;
}

/** How far a run is. Replays count batches, a rebuild counts records. */
export class RunProgressResponse {
  done: number;
  /** Deliveries whose file is not kept any more. */
  missing: number;
  /** null before it was approved. */
  total: number | null;
}

/** What became of the rows of the batches that a replay has delivered so far. */
export class RunCountsResponse {
  read: number;
  accepted: number;
  unchanged: number;
  stale: number;
  quarantined: number;
  refused: number;
}

export type FollowerState = 'WAITING' | 'RUNNING' | 'DONE';

/** Who keeps something that follows from records, and how far it is with making it anew. */
export class RunFollowerResponse {
  follower: RebuildFollower;
  /** WAITING: nothing was heard of it yet; with events it has not taken, see the dead letters of its service. */
  state: FollowerState;
  /** Events of the rebuild that it took, of so many told. */
  heard: number;
  told: number;
  /** Enterprises, documents or acts made anew. */
  done: number;
  total: number | null;
  heardAt: string | null;
  endedAt: string | null;
}

/** Kept files applied once more, or all that follows from a feed told of its records again. */
export class RunResponse {
  id: string;
  kind: RunKind;
  feed: string;
  state: RunState;
  /** REPLAY_BATCH: the delivery that is applied again; null otherwise. */
  batchId: string | null;
  /** REPLAY_BATCH: the batch that applies it, as soon as there is one. */
  intoBatchId: string | null;
  contract: ReplayContract | null;
  receivedFrom: string | null;
  receivedBefore: string | null;
  /** REBUILD: records told a second. */
  perSecond: number | null;
  reason: string;
  proposed: RunStepResponse;
  decided: RunStepResponse | null;
  progress: RunProgressResponse;
  counts: RunCountsResponse | null;
  /** REBUILD: those who follow; the run itself is DONE when all was told. Empty for replays, and before the approval. */
  followers: RunFollowerResponse[];
  endedAt: string | null;
}

export class RunPage {
  items: RunResponse[];
  nextCursor: string | null;
}

export interface RunRow {
  id: string;
  kind: RunKind;
  feed: string;
  state: RunState;
  batch_id: string | null;
  contract: ReplayContract | null;
  received_from: Date | null;
  received_before: Date | null;
  per_second: number | null;
  reason: string;
  proposed_by: string;
  proposed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  note: string | null;
  place: string;
  done: string;
  missing: string;
  total: string | null;
  delivered: boolean;
  /** Events of a rebuild. */
  told: string;
  stepped_at: Date | null;
  ended_at: Date | null;
}

interface FollowerRow {
  follower: RebuildFollower;
  heard: number;
  done: number;
  total: number | null;
  heard_at: string | null;
  ended_at: string | null;
}

export interface CountedRun extends RunRow {
  followers: FollowerRow[] | null;
  into_batch: string | null;
  read: string;
  accepted: string;
  unchanged: string;
  stale: string;
  quarantined: string;
  refused: string;
}

/** A run with the sums of its batches. */
export const countedRunSql = `
  select r.*, case when r.kind = 'REPLAY_BATCH' then b.first end as into_batch,
         b.read, b.accepted, b.unchanged, b.stale, b.quarantined, b.refused,
         (select json_agg(f order by f.follower) from operation_follower f where f.run_id = r.id) as followers
  from operation_run r
  cross join lateral (
    select (array_agg(id order by arrival))[1] as first, coalesce(sum(read), 0) as read,
           coalesce(sum(accepted), 0) as accepted, coalesce(sum(unchanged), 0) as unchanged,
           coalesce(sum(stale), 0) as stale, coalesce(sum(quarantined), 0) as quarantined,
           coalesce(sum(refused), 0) as refused
    from batch where run_id = r.id
  ) b`;

export const toRunResponse = (row: CountedRun): RunResponse => ({
  id: row.id,
  kind: row.kind,
  feed: row.feed,
  state: row.state,
  batchId: row.batch_id,
  intoBatchId: row.into_batch,
  contract: row.contract,
  receivedFrom: row.received_from?.toISOString() ?? null,
  receivedBefore: row.received_before?.toISOString() ?? null,
  perSecond: row.per_second,
  reason: row.reason,
  proposed: { personId: row.proposed_by, at: row.proposed_at.toISOString(), note: null },
  decided: row.decided_by ? { personId: row.decided_by, at: row.decided_at!.toISOString(), note: row.note } : null,
  progress: {
    done: Number(row.done),
    missing: Number(row.missing),
    total: row.total === null ? null : Number(row.total),
  },
  counts: row.kind === 'REBUILD' ? null : toCountsResponse(row),
  followers: (row.followers ?? []).map((one) => toFollowerResponse(one, Number(row.told))),
  endedAt: row.ended_at?.toISOString() ?? null,
});

const toFollowerResponse = (row: FollowerRow, told: number): RunFollowerResponse => ({
  follower: row.follower,
  state: followerStateOf(row),
  heard: row.heard,
  told,
  done: row.done,
  total: row.total,
  heardAt: instant(row.heard_at),
  endedAt: instant(row.ended_at),
});

const followerStateOf = ({ ended_at, heard_at }: FollowerRow): FollowerState => {
  if (ended_at !== null) return 'DONE';
  return heard_at === null ? 'WAITING' : 'RUNNING';
};

/** PostgreSQL writes instants into JSON with its own offset. */
const instant = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());

const toCountsResponse = (row: CountedRun): RunCountsResponse => ({
  read: Number(row.read),
  accepted: Number(row.accepted),
  unchanged: Number(row.unchanged),
  stale: Number(row.stale),
  quarantined: Number(row.quarantined),
  refused: Number(row.refused),
});
