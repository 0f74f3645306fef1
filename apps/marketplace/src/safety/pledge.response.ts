export class PledgeResponse {
  id: string;
  grabId: string;
  kind: string;
  registeredAt: Date;
  releasedAt: Date | null;
  /** Whether an equal pledge of another institution is registered; not whose. */
  equalElsewhere: boolean;
}

export class PledgeList {
  /** Newest first; a case has few. */
  items: PledgeResponse[];
}

export interface PledgeRow {
  id: string;
  grab_id: string;
  kind: string;
  registered_at: Date;
  released_at: Date | null;
}

export interface ListedPledgeRow extends PledgeRow {
  equal_elsewhere: boolean;
}

export const toPledgeResponse = (row: PledgeRow, equalElsewhere: boolean): PledgeResponse => ({
  id: row.id,
  grabId: row.grab_id,
  kind: row.kind,
  registeredAt: row.registered_at,
  releasedAt: row.released_at,
  equalElsewhere,
});
