import { useLocation } from 'react-router';

import { useMe } from '../client/session.query.js';

/** Where one stands: the same pages hang in the rooms of banks, regulators and operators. */
export function usePlace() {
  const { data: me } = useMe();
  const { pathname } = useLocation();
  const roles = me?.roles ?? [];
  return {
    base: `/${pathname.split('/')[1]}/outreach`,
    /** Departments and operators write lists and campaigns. */
    office: roles.some((role) => role === 'regulator' || role === 'operator'),
    oversees: roles.includes('operator'),
    /** Only account managers take up and visit; an admin looks on. */
    manager: roles.includes('account-manager'),
    organisation: me?.organisation.name,
  };
}
