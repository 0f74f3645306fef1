import type { Membership, OrganisationKind } from '@app/auth';
import { ApiProperty } from '@nestjs/swagger';

/** An organisation as its own people see it. */
export class PersonOrganisationResponse {
  id: string;
  kind: OrganisationKind;
  code: string;
  name: string;
  /** Of an enterprise only. */
  uscc: string | null;
  memberships: Membership[];
  /** PENDING until the identity is proved. */
  @ApiProperty({ enum: ['ACTIVE', 'PENDING', 'SUSPENDED', 'REJECTED'] })
  status: string;
}

export class OrganisationResponse extends PersonOrganisationResponse {
  createdAt: string;
}

export class OrganisationPage {
  items: OrganisationResponse[];
  nextCursor: string | null;
}

/** A financial institution as everybody who is signed in may see it. */
export class InstitutionResponse {
  id: string;
  code: string;
  name: string;
  memberships: Membership[];
}

export class InstitutionPage {
  items: InstitutionResponse[];
  nextCursor: string | null;
}

export interface OrganisationRow {
  id: string;
  kind: OrganisationKind;
  code: string;
  name: string;
  uscc: string | null;
  memberships: Membership[];
  status: string;
  created_at: Date;
}

export const toOrganisationResponse = (row: OrganisationRow): OrganisationResponse => ({
  id: row.id,
  kind: row.kind,
  code: row.code,
  name: row.name,
  uscc: row.uscc,
  memberships: row.memberships,
  status: row.status,
  createdAt: row.created_at.toISOString(),
});

export const toInstitutionResponse = (row: OrganisationRow): InstitutionResponse => ({
  id: row.id,
  code: row.code,
  name: row.name,
  memberships: row.memberships,
});
