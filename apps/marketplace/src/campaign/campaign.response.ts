import { type TargetStatus, targetStatuses } from '@app/contracts';
import type { Day } from '@app/kernel';
import { ApiProperty } from '@nestjs/swagger';

import { shownCounts, type VisitMethod, visitMethods, type VisitOutcome, visitOutcomes } from './campaign.rules.js';

export const campaignStatuses = ['DRAFT', 'OPEN', 'CLOSED'] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

export interface CampaignSelection {
  districts: string[] | null;
  industries: string[] | null;
  tiers: string[] | null;
}

export interface CampaignRow {
  id: string;
  ownerId: string;
  ownerName: string;
  title: string;
  rules: string;
  opensOn: Day;
  closesOn: Day;
  selection: CampaignSelection;
  institutions: string[] | null;
  idleDays: number;
  openPerInstitution: number;
  status: CampaignStatus;
  considered: number;
  withLoan: number;
  unknown: number;
  targets: number;
  openedAt: Date | null;
}

export class CampaignResponse {
  id: string;
  /** The office that runs it. */
  owner: string;
  title: string;
  rules: string;
  opensOn: string;
  closesOn: string;
  districts: string[] | null;
  industries: string[] | null;
  tiers: string[] | null;
  /** Codes of the institutions that take part; null for all members. */
  institutions: string[] | null;
  @ApiProperty({ type: 'integer' })
  idleDays: number;
  @ApiProperty({ type: 'integer' })
  openPerInstitution: number;
  @ApiProperty({ enum: campaignStatuses })
  status: CampaignStatus;
  /** Enterprises that were looked at when it opened; here and below null hides a count of fewer than five. */
  @ApiProperty({ type: 'integer', nullable: true })
  considered: number | null;
  /** Of those, the ones of which nobody may know whether they have a loan: no authorisation in force. */
  @ApiProperty({ type: 'integer', nullable: true })
  unknown: number | null;
  /** Without any known loan, and assigned or waiting for a bank. */
  @ApiProperty({ type: 'integer', nullable: true })
  targets: number | null;
  openedAt: string | null;
}

export class CampaignPage {
  items: CampaignResponse[];
  nextCursor: string | null;
}

export interface TargetRow {
  id: string;
  campaignId: string;
  campaignTitle: string;
  district: string | null;
  industry: string | null;
  tier: string | null;
  status: TargetStatus;
  assignedAt: Date | null;
  whyZh: string | null;
  whyEn: string | null;
  actBy: Date | null;
  visits: number;
  lentFen: string | null;
  reason: string | null;
}

export class TargetWhy {
  zh: string;
  en: string;
}

/** An enterprise that a bank was given, as lists show it: not who it is. */
export class TargetResponse {
  id: string;
  campaignId: string;
  campaignTitle: string;
  district: string | null;
  /** Two digits of GB/T 4754. */
  industry: string | null;
  tier: string | null;
  @ApiProperty({ enum: targetStatuses })
  status: TargetStatus;
  assignedAt: string | null;
  /** Why this bank got it. */
  why: TargetWhy | null;
  /** Without an act until then it goes to another bank. */
  actBy: string | null;
  @ApiProperty({ type: 'integer' })
  visits: number;
  /** Whole fen. */
  lentFen: string | null;
  reason: string | null;
}

export class TargetPage {
  items: TargetResponse[];
  nextCursor: string | null;
}

export interface VisitRow {
  visitedOn: string;
  method: VisitMethod;
  outcome: VisitOutcome;
  reason: string | null;
  note: string | null;
  recordedAt: Date;
}

export class TargetVisitResponse {
  visitedOn: string;
  @ApiProperty({ enum: visitMethods })
  method: VisitMethod;
  @ApiProperty({ enum: visitOutcomes })
  outcome: VisitOutcome;
  reason: string | null;
  note: string | null;
  recordedAt: string;
}

/** The same opened, behind the consent gate; the read is on the record. */
export class OpenTargetResponse extends TargetResponse {
  uscc: string;
  name: string;
  /** Registered address; null when the registry says none. */
  address: string | null;
  /** The bank's own visits, oldest first. */
  history: TargetVisitResponse[];
}

/** Counts in one cell; null hides a count of fewer than five from regulators. */
export class ProgressCell {
  /** Code of the institution or the district; null for nobody or not known. */
  code: string | null;
  @ApiProperty({ type: 'integer', nullable: true })
  targets: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  visited: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  applied: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  lent: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  refused: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  notInterested: number | null;
  /** Whole fen; null where the count of loans is hidden. */
  lentFen: string | null;
}

export class ProgressOfCampaignResponse {
  campaignId: string;
  asOf: string;
  byInstitution: ProgressCell[];
  byDistrict: ProgressCell[];
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

const countsOf = ({ considered, unknown, targets }: CampaignRow) => ({ considered, unknown, targets });

/** `open` for those who run the platform; all others get no count of fewer than five. */
export const toCampaignResponse = (row: CampaignRow, open: boolean): CampaignResponse => ({
  id: row.id,
  owner: row.ownerName,
  title: row.title,
  rules: row.rules,
  opensOn: row.opensOn,
  closesOn: row.closesOn,
  districts: row.selection.districts,
  industries: row.selection.industries,
  tiers: row.selection.tiers,
  institutions: row.institutions,
  idleDays: row.idleDays,
  openPerInstitution: row.openPerInstitution,
  status: row.status,
  ...(open ? countsOf(row) : shownCounts(row)),
  openedAt: instant(row.openedAt),
});

export const toTargetResponse = (row: TargetRow): TargetResponse => ({
  id: row.id,
  campaignId: row.campaignId,
  campaignTitle: row.campaignTitle,
  district: row.district,
  industry: row.industry,
  tier: row.tier,
  status: row.status,
  assignedAt: instant(row.assignedAt),
  why: row.whyZh !== null && row.whyEn !== null ? { zh: row.whyZh, en: row.whyEn } : null,
  actBy: instant(row.actBy),
  visits: row.visits,
  lentFen: row.lentFen,
  reason: row.reason,
});

export const toVisitResponse = (row: VisitRow): TargetVisitResponse => ({
  visitedOn: row.visitedOn,
  method: row.method,
  outcome: row.outcome,
  reason: row.reason,
  note: row.note,
  recordedAt: row.recordedAt.toISOString(),
});
