import { checkUscc, type InputFault } from '@app/kernel';

export const organisationCodePattern = /^[A-Z0-9-]{2,32}$/;

export interface NewOrganisation {
  kind: string;
  code: string;
  memberships: readonly string[];
}

/** What is wrong with a new organisation beyond the shape of its fields. */
export function faultsOfOrganisation({ kind, code, memberships }: NewOrganisation): InputFault[] {
  const faults: InputFault[] = [];
  if (kind !== 'institution' && memberships.length > 0)
    faults.push({ pointer: '/memberships', detail: 'only financial institutions have memberships' });
  // An enterprise's code is its credit code: nobody else may sit on it before the enterprise comes.
  if (checkUscc(code).valid) faults.push({ pointer: '/code', detail: 'is the credit code of an enterprise' });
  return faults;
}
