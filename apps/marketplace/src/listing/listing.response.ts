import { type ListingStatus, listingStatuses, type TakeUpStatus, takeUpStatuses } from '@app/contracts';
import type { Day } from '@app/kernel';
import { ApiProperty } from '@nestjs/swagger';

import { type Consent, consents, type Looker, mayName } from './listing.rules.js';

export interface ListingRow {
  id: string;
  ownerId: string;
  ownerName: string;
  title: string;
  rules: string;
  industry: string | null;
  opensOn: Day;
  closesOn: Day;
  banksPerEntry: number;
  openPerInstitution: number;
  status: ListingStatus;
  entries: number;
  consented: number;
  publishedAt: Date | null;
  closedAt: Date | null;
}

export class ListingResponse {
  id: string;
  /** The department that published it. */
  owner: string;
  title: string;
  rules: string;
  /** Two digits of GB/T 4754. */
  industry: string | null;
  opensOn: string;
  closesOn: string;
  @ApiProperty({ type: 'integer' })
  banksPerEntry: number;
  @ApiProperty({ type: 'integer' })
  openPerInstitution: number;
  @ApiProperty({ enum: listingStatuses })
  status: ListingStatus;
  /** Enterprises on it; for a draft those that it would hold today. */
  @ApiProperty({ type: 'integer' })
  entries: number;
  /** Those that let banks see who they are. */
  @ApiProperty({ type: 'integer' })
  consented: number;
  publishedAt: string | null;
  closedAt: string | null;
}

export class ListingPage {
  items: ListingResponse[];
  nextCursor: string | null;
}

export interface EntryRow {
  id: string;
  uscc: string;
  name: string;
  district: string | null;
  industry: string | null;
  tier: string | null;
  consent: Consent;
  taken: number;
  /** Whether the looking bank has taken it up. */
  tookUp: boolean;
}

/** An enterprise on a list; without its consent, or when the list is over, nothing tells a bank who it is but its own take-up. */
export class ListingEntryResponse {
  id: string;
  name: string | null;
  uscc: string | null;
  district: string | null;
  /** Two digits of GB/T 4754. */
  industry: string | null;
  tier: string | null;
  @ApiProperty({ enum: consents })
  consent: Consent;
  @ApiProperty({ type: 'integer' })
  placesLeft: number;
}

export class ListingEntryPage {
  items: ListingEntryResponse[];
  nextCursor: string | null;
}

export class TakeUpContact {
  name: string;
  phone: string;
}

export interface TakeUpRow {
  id: string;
  listingId: string;
  listingTitle: string;
  entryId: string;
  uscc: string;
  name: string;
  contactName: string | null;
  contactPhone: string | null;
  consent: Consent;
  institutionCode: string;
  institutionName: string;
  status: TakeUpStatus;
  offeredFen: string | null;
  lentFen: string | null;
  drawnOn: string | null;
  reason: string | null;
  takenAt: Date;
  contactedAt: Date | null;
  endedAt: Date | null;
}

/** A bank's own take-up, with the enterprise opened. */
export class TakeUpResponse {
  id: string;
  listingId: string;
  listingTitle: string;
  entryId: string;
  enterpriseName: string;
  uscc: string;
  /** null once the enterprise has taken its consent back, and when the take-up was given up. */
  contact: TakeUpContact | null;
  @ApiProperty({ enum: takeUpStatuses })
  status: TakeUpStatus;
  /** Whole fen. */
  offeredFen: string | null;
  /** Whole fen. */
  lentFen: string | null;
  drawnOn: string | null;
  reason: string | null;
  takenAt: string;
  contactedAt: string | null;
  endedAt: string | null;
}

export class TakeUpPage {
  items: TakeUpResponse[];
  nextCursor: string | null;
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

export const toListingResponse = (row: ListingRow): ListingResponse => ({
  id: row.id,
  owner: row.ownerName,
  title: row.title,
  rules: row.rules,
  industry: row.industry,
  opensOn: row.opensOn,
  closesOn: row.closesOn,
  banksPerEntry: row.banksPerEntry,
  openPerInstitution: row.openPerInstitution,
  status: row.status,
  entries: row.entries,
  consented: row.consented,
  publishedAt: instant(row.publishedAt),
  closedAt: instant(row.closedAt),
});

export function toEntryResponse(
  row: EntryRow,
  looker: Looker,
  { banksPerEntry, over }: { banksPerEntry: number; over: boolean },
): ListingEntryResponse {
  const named = mayName(looker, row, over);
  return {
    id: row.id,
    name: named ? row.name : null,
    uscc: named ? row.uscc : null,
    district: row.district,
    industry: row.industry,
    tier: row.tier,
    consent: row.consent,
    placesLeft: Math.max(0, banksPerEntry - row.taken),
  };
}

export const toTakeUpResponse = (row: TakeUpRow): TakeUpResponse => ({
  id: row.id,
  listingId: row.listingId,
  listingTitle: row.listingTitle,
  entryId: row.entryId,
  enterpriseName: row.name,
  uscc: row.uscc,
  contact:
    row.consent === 'CONSENTED' && row.status !== 'GIVEN_UP' && row.contactName !== null && row.contactPhone !== null
      ? { name: row.contactName, phone: row.contactPhone }
      : null,
  status: row.status,
  offeredFen: row.offeredFen,
  lentFen: row.lentFen,
  drawnOn: row.drawnOn,
  reason: row.reason,
  takenAt: row.takenAt.toISOString(),
  contactedAt: instant(row.contactedAt),
  endedAt: instant(row.endedAt),
});
