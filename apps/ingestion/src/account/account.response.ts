import { ApiProperty } from '@nestjs/swagger';

import { accountByField } from './account.rules.js';
import type { MappingState } from './map-accounts.request.js';

export class AccountsResponse {
  feed: string;
  /** How many accounts were mapped. */
  mapped: number;
  addedAt: string;
}

export class EndedAccountsResponse {
  feed: string;
  ended: number;
  endedAt: string;
}

/** What was said about an account, and what became of it. */
export class AccountMappingResponse {
  number: number;
  feed: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  account: Record<string, string>;
  /** null: nobody's from then on. */
  uscc: string | null;
  /** As the register has it; null when it knows no such enterprise. */
  name: string | null;
  state: MappingState;
  reason: string | null;
  addedBy: string;
  addedAt: string;
  /** Records that the account had brought elsewhere were to move. */
  moves: boolean;
  /** When they had been delivered once more. */
  carriedOutAt: string | null;
  /** The delivery that they left as; null when there were none. */
  redeliveryId: string | null;
}

export class AccountMappingPage {
  items: AccountMappingResponse[];
  nextCursor: string | null;
}

export interface MappingRow {
  number: string;
  feed: string;
  account: string;
  uscc: string | null;
  name: string | null;
  replaced: boolean;
  reason: string | null;
  added_by: string;
  added_at: Date;
  moves: boolean;
  carried_out_at: Date | null;
  redelivery_id: string | null;
}

export const toMappingResponse =
  (accountBy: readonly string[]) =>
  (row: MappingRow): AccountMappingResponse => ({
    number: Number(row.number),
    feed: row.feed,
    account: accountByField(accountBy, row.account),
    uscc: row.uscc,
    name: row.name,
    state: stateOf(row),
    reason: row.reason,
    addedBy: row.added_by,
    addedAt: row.added_at.toISOString(),
    moves: row.moves,
    carriedOutAt: row.carried_out_at?.toISOString() ?? null,
    redeliveryId: row.redelivery_id,
  });

function stateOf({ replaced, uscc }: MappingRow): MappingState {
  if (replaced) return 'REPLACED';
  return uscc === null ? 'ENDED' : 'IN_FORCE';
}
