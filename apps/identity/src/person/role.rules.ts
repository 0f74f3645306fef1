import type { OrganisationKind, Role } from '@app/auth';

/** Which roles the people of an organisation may hold. */
const rolesOfKind: Record<OrganisationKind, readonly Role[]> = {
  enterprise: ['enterprise'],
  institution: ['account-manager', 'institution-admin'],
  source: ['source'],
  regulator: ['regulator'],
  operator: ['operator'],
};

/** What is wrong with these roles for people of such an organisation; undefined when nothing is. */
export function faultOfRoles(kind: OrganisationKind, roles: readonly Role[]): string | undefined {
  const foreign = roles.filter((role) => !rolesOfKind[kind].includes(role));
  if (foreign.length === 0) return undefined;
  return `people of this organisation may be ${rolesOfKind[kind].join(' or ')}, not ${foreign.join(', ')}`;
}
