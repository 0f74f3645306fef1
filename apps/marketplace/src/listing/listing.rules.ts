import type { ListingStatus, TakeUpStatus } from '@app/contracts';
import type { Day } from '@app/kernel';

export const consents = ['ASKED', 'CONSENTED', 'REFUSED'] as const;
/** Whether an enterprise lets banks see who it is on this list. Silence is no. */
export type Consent = (typeof consents)[number];

export const giveUpReasons = ['NOT_REACHED', 'NO_NEED', 'TERMS_DO_NOT_FIT', 'RISK', 'INDUSTRY', 'OTHER'] as const;
export type GiveUpReason = (typeof giveUpReasons)[number];

/** Which state of a take-up follows which. */
export const takeUpMoves: Record<TakeUpStatus, readonly TakeUpStatus[]> = {
  TAKEN: ['CONTACTED', 'GIVEN_UP'],
  CONTACTED: ['OFFERED', 'GIVEN_UP'],
  OFFERED: ['LENT', 'GIVEN_UP'],
  LENT: [],
  GIVEN_UP: [],
};

/** The states that count against a bank's open take-ups. */
export const openTakeUps: readonly TakeUpStatus[] = ['TAKEN', 'CONTACTED', 'OFFERED'];

export interface TakingUp {
  listing: {
    status: ListingStatus;
    opensOn: Day;
    closesOn: Day;
    banksPerEntry: number;
    openPerInstitution: number;
  };
  entry: { consent: Consent; taken: number };
  /** What this bank has on the list already. */
  bank: { hadThis: boolean; open: number };
  today: Day;
}

export type TakeUpRefusal = 'NOT_OPEN' | 'NOT_CONSENTED' | 'ALREADY_TAKEN_UP' | 'ENTRY_FULL' | 'TOO_MANY_OPEN';

/** Why a bank may not take up an entry; undefined when it may. */
export function refusalOf({ listing, entry, bank, today }: TakingUp): TakeUpRefusal | undefined {
  if (listing.status !== 'PUBLISHED' || today < listing.opensOn || today > listing.closesOn) return 'NOT_OPEN';
  if (entry.consent !== 'CONSENTED') return 'NOT_CONSENTED';
  // One that was given up still bars: names are not to be harvested by taking and giving up.
  if (bank.hadThis) return 'ALREADY_TAKEN_UP';
  if (entry.taken >= listing.banksPerEntry) return 'ENTRY_FULL';
  return bank.open >= listing.openPerInstitution ? 'TOO_MANY_OPEN' : undefined;
}

/** Who looks at an entry: its department, a bank, or another office. */
export interface Looker {
  ownsListing: boolean;
  isBank: boolean;
}

/** What an entry's name hangs on. */
export interface Naming {
  consent: Consent;
  /** Whether the looking bank has taken this entry up. */
  tookUp: boolean;
}

/**
 * The name opens to the department that wrote it down, and to banks when the enterprise said so, for the one purpose that
 * it said so for: to be taken up. When the list is over that purpose is, and the name stays with those who took it up.
 */
export function mayName({ ownsListing, isBank }: Looker, { consent, tookUp }: Naming, over: boolean): boolean {
  if (ownsListing) return true;
  return isBank && consent === 'CONSENTED' && (!over || tookUp);
}

/** The day counts, not the job that closes lists after it. */
export const isOver = ({ status, closesOn }: { status: ListingStatus; closesOn: Day }, today: Day): boolean =>
  status === 'CLOSED' || today > closesOn;
