import { type EntryStatus, entryStatuses } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import { faultsOfDraw, ticketOf } from './draw.rules.js';

export class DrawEntryResponse {
  /** Of the entry; only the bank that entered knows it as its own. */
  id: string;
  /** Hash of the key that the bank chose. */
  nonceHash: string;
  /** SHA-256 over the seed and the id: the lowest is drawn first. */
  ticket: string;
  @ApiProperty({ enum: entryStatuses })
  outcome: EntryStatus;
  /** Why it was passed over although it was drawn. */
  reason: string | null;
}

/** A draw as anybody may recompute it: docs/adr/0010 says how, byte by byte. */
export class DrawResponse {
  needId: string;
  openedAt: string;
  sealedUntil: string;
  heldAt: string;
  /** Published with the need: SHA-256 over the need's id and the secret. */
  commitment: string;
  secret: string;
  /** SHA-256 over the need's id, the secret and all entries. */
  seed: string;
  limitVersion: number;
  /** In the order in which they were drawn. */
  entries: DrawEntryResponse[];
  /** What does not add up, by our own recomputation: nothing. */
  faults: string[];
}

export class DrawSummaryResponse {
  needId: string;
  heldAt: string;
  entries: number;
  placed: number;
  waiting: number;
  passed: number;
}

export class DrawPage {
  items: DrawSummaryResponse[];
  nextCursor: string | null;
}

interface KeptEntry {
  id: string;
  nonceHash: string;
  outcome: EntryStatus;
  reason: string | null;
}

export interface HeldDraw {
  needId: string;
  openedAt: Date;
  sealedUntil: Date;
  heldAt: Date;
  commitment: string;
  secret: string;
  seed: string;
  limitVersion: number;
  entries: KeptEntry[];
}

export const toDrawResponse = (draw: HeldDraw): DrawResponse => ({
  needId: draw.needId,
  openedAt: draw.openedAt.toISOString(),
  sealedUntil: draw.sealedUntil.toISOString(),
  heldAt: draw.heldAt.toISOString(),
  commitment: draw.commitment,
  secret: draw.secret,
  seed: draw.seed,
  limitVersion: draw.limitVersion,
  entries: draw.entries.map(({ id, nonceHash, outcome, reason }) => ({
    id,
    nonceHash,
    ticket: ticketOf(draw.seed, id),
    outcome,
    reason,
  })),
  faults: faultsOfDraw(draw),
});

export function toDrawSummaryResponse({ needId, heldAt, entries }: HeldDraw): DrawSummaryResponse {
  const count = (status: EntryStatus) => entries.filter(({ outcome }) => outcome === status).length;
  return {
    needId,
    heldAt: heldAt.toISOString(),
    entries: entries.length,
    placed: count('PLACED'),
    waiting: count('WAITING'),
    passed: count('PASSED'),
  };
}
