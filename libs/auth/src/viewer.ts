import type { Uscc } from '@app/kernel';

export const roles = ['enterprise', 'account-manager', 'institution-admin', 'source', 'regulator', 'operator'] as const;
export type Role = (typeof roles)[number];

export const memberships = ['CREDIT', 'MARKETPLACE'] as const;
/** Two separate memberships of an institution: the credit database and the marketplace [seed L98, L100]. */
export type Membership = (typeof memberships)[number];

export type OrganisationKind = 'enterprise' | 'institution' | 'source' | 'regulator' | 'operator';

/** Who is asking, as identity_api.session_v1 tells it at most a second ago. */
export interface Viewer {
  sessionId: string;
  personId: string;
  displayName: string;
  roles: Role[];
  organisation: {
    id: string;
    kind: OrganisationKind;
    code: string;
    /** PENDING until the identity is proved: may look around, may sign nothing. */
    status: 'ACTIVE' | 'PENDING';
    name: string;
    /** Of an enterprise only. */
    uscc: Uscc | null;
    memberships: Membership[];
  };
}

export const hasRole = (viewer: Viewer, ...wanted: Role[]): boolean =>
  wanted.some((role) => viewer.roles.includes(role));
export const hasMembership = (viewer: Viewer, membership: Membership): boolean =>
  viewer.organisation.memberships.includes(membership);
