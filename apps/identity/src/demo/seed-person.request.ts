import type { Membership, OrganisationKind, Role } from '@app/auth';

/** One person of the demo city, with their organisation. */
export interface SeedPerson {
  login: string;
  displayName: string;
  roles: Role[];
  organisation: {
    kind: OrganisationKind;
    code: string;
    name: string;
    uscc?: string;
    memberships?: Membership[];
  };
  /** null: acts in the city's history, but nobody can sign in as this person. */
  password?: null;
  /** What to try as this person; those who have it are offered on the sign-in page. */
  tryThis?: string;
}
