import { type ListingStatus, listingStatuses, type TakeUpStatus, takeUpStatuses } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import { type Consent, consents } from './listing.rules.js';

/** What came of a list, or of one bank on it. */
export class ListingFigures {
  @ApiProperty({ type: 'integer' })
  takenUp: number;
  @ApiProperty({ type: 'integer' })
  contacted: number;
  @ApiProperty({ type: 'integer' })
  offered: number;
  @ApiProperty({ type: 'integer' })
  lent: number;
  @ApiProperty({ type: 'integer' })
  givenUp: number;
  /** Whole fen. */
  offeredFen: string;
  /** Whole fen. */
  lentFen: string;
}

export class InstitutionFigures extends ListingFigures {
  institutionCode: string;
  institutionName: string;
}

export class ListingResultResponse {
  listingId: string;
  asOf: string;
  @ApiProperty({ type: 'integer' })
  entries: number;
  @ApiProperty({ type: 'integer' })
  consented: number;
  @ApiProperty({ type: 'integer' })
  refused: number;
  /** Enterprises with money from at least one bank. */
  @ApiProperty({ type: 'integer' })
  enterprisesLent: number;
  total: ListingFigures;
  institutions: InstitutionFigures[];
}

/** A bank that took the entry up, as the enterprise sees it. */
export class TakerResponse {
  institutionName: string;
  @ApiProperty({ enum: takeUpStatuses })
  status: TakeUpStatus;
  takenAt: string;
}

/** An enterprise's own place on a list. */
export class InvitationResponse {
  id: string;
  listingId: string;
  title: string;
  owner: string;
  rules: string;
  opensOn: string;
  closesOn: string;
  @ApiProperty({ enum: listingStatuses })
  listingStatus: ListingStatus;
  @ApiProperty({ enum: consents })
  consent: Consent;
  takers: TakerResponse[];
}

export class InvitationPage {
  items: InvitationResponse[];
  nextCursor: string | null;
}
