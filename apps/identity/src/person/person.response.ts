import type { Membership, OrganisationKind, Role } from '@app/auth';
import { ApiProperty } from '@nestjs/swagger';

import { PersonOrganisationResponse } from '../organisation/organisation.response.js';

/** The signed-in person, as they may see themselves. */
export class MeResponse {
  id: string;
  displayName: string;
  login: string;
  roles: Role[];
  organisation: PersonOrganisationResponse;
  /** Nothing else is served until the first password is changed. */
  mustChangePassword: boolean;
}

/** A person, as the operator and their own administrator see them. */
export class PersonResponse {
  id: string;
  organisationId: string;
  login: string;
  displayName: string;
  roles: Role[];
  @ApiProperty({ enum: ['ACTIVE', 'SUSPENDED'] })
  status: string;
  createdAt: string;
}

export class PersonPage {
  items: PersonResponse[];
  nextCursor: string | null;
}

export interface PersonRow {
  id: string;
  organisation_id: string;
  login: string;
  display_name: string;
  roles: Role[];
  status: string;
  created_at: Date;
}

export const toPersonResponse = (row: PersonRow): PersonResponse => ({
  id: row.id,
  organisationId: row.organisation_id,
  login: row.login,
  displayName: row.display_name,
  roles: row.roles,
  status: row.status,
  createdAt: row.created_at.toISOString(),
});

export interface MeRow extends PersonRow {
  must_change_password: boolean;
  kind: OrganisationKind;
  code: string;
  name: string;
  uscc: string | null;
  memberships: Membership[];
  organisation_status: string;
}

export const toMeResponse = (row: MeRow): MeResponse => ({
  id: row.id,
  displayName: row.display_name,
  login: row.login,
  roles: row.roles,
  organisation: {
    id: row.organisation_id,
    kind: row.kind,
    code: row.code,
    name: row.name,
    uscc: row.uscc,
    memberships: row.memberships,
    status: row.organisation_status,
  },
  mustChangePassword: row.must_change_password,
});
