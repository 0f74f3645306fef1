import type { Me } from '../client/session.query.js';
import type { FrameKey } from './frame.text.js';

type Role = Me['roles'][number];

export interface MenuEntry {
  readonly to: string;
  readonly label: FrameKey;
  readonly icon: IconName;
  /** Pages below the entry that have an entry of their own. */
  readonly exact?: boolean;
}

export type IconName =
  | 'wallet'
  | 'edit'
  | 'compare'
  | 'radar'
  | 'sign'
  | 'eye'
  | 'grab'
  | 'people'
  | 'shelf'
  | 'overview'
  | 'distribution'
  | 'quality'
  | 'feeds'
  | 'batches'
  | 'mending'
  | 'limits'
  | 'organisations'
  | 'watch'
  | 'operation'
  | 'outreach'
  | 'service'
  | 'webhooks'
  | 'invitations';

const bank: readonly MenuEntry[] = [
  { to: '/bank/leads', label: 'bank.leads', icon: 'grab' },
  { to: '/bank/cases', label: 'bank.cases', icon: 'people' },
  { to: '/bank/products', label: 'bank.products', icon: 'shelf' },
  { to: '/bank/outreach', label: 'outreach', icon: 'outreach' },
  { to: '/bank/service', label: 'bank.service', icon: 'service' },
];
const deliveries: readonly MenuEntry[] = [
  { to: '/operator/feeds', label: 'operator.feeds', icon: 'feeds' },
  { to: '/operator/batches', label: 'operator.batches', icon: 'batches' },
  { to: '/operator/mending', label: 'operator.mending', icon: 'mending' },
];

/** What each role finds on the left, the page of its question first; at most seven. */
export const menus: Readonly<Record<Role, readonly MenuEntry[]>> = {
  enterprise: [
    { to: '/enterprise/needs', label: 'enterprise.needs', icon: 'wallet', exact: true },
    { to: '/enterprise/needs/new', label: 'enterprise.draft', icon: 'edit' },
    { to: '/enterprise/offers', label: 'enterprise.offers', icon: 'compare' },
    { to: '/enterprise/portrait', label: 'enterprise.portrait', icon: 'radar' },
    { to: '/enterprise/authorisations', label: 'enterprise.authorisations', icon: 'sign' },
    { to: '/enterprise/reads', label: 'enterprise.reads', icon: 'eye' },
    { to: '/enterprise/invitations', label: 'enterprise.invitations', icon: 'invitations' },
  ],
  'account-manager': bank,
  'institution-admin': [
    ...bank,
    { to: '/bank/people', label: 'bank.people', icon: 'organisations' },
    { to: '/bank/webhooks', label: 'bank.webhooks', icon: 'webhooks' },
  ],
  regulator: [
    { to: '/regulator/overview', label: 'regulator.overview', icon: 'overview' },
    { to: '/regulator/distribution', label: 'regulator.distribution', icon: 'distribution' },
    { to: '/regulator/outreach', label: 'outreach', icon: 'outreach' },
    { to: '/regulator/service', label: 'regulator.service', icon: 'service' },
    { to: '/regulator/quality', label: 'regulator.quality', icon: 'quality' },
  ],
  operator: [
    ...deliveries,
    { to: '/operator/limits', label: 'operator.limits', icon: 'limits' },
    { to: '/operator/watch', label: 'operator.watch', icon: 'watch' },
    { to: '/operator/operation', label: 'operator.operation', icon: 'operation' },
    { to: '/operator/organisations', label: 'operator.organisations', icon: 'organisations' },
  ],
  source: [{ to: '/operator/desk', label: 'source.desk', icon: 'overview' }, ...deliveries],
};

/** A person may hold several roles: each entry comes once. */
export function menuOf(roles: readonly Role[]): MenuEntry[] {
  const entries = roles.flatMap((role) => menus[role]);
  return entries.filter((entry, place) => entries.findIndex(({ to }) => to === entry.to) === place).slice(0, 7);
}

/** Rooms by the first word of their address, and who has business there. */
const rooms: Readonly<Record<string, readonly Role[]>> = {
  enterprise: ['enterprise'],
  bank: ['account-manager', 'institution-admin'],
  regulator: ['regulator'],
  operator: ['operator', 'source'],
  contracts: ['operator', 'source', 'regulator'],
  lineage: ['operator', 'source', 'enterprise'],
};

/** The service decides about every figure; this only spares a person a page full of refusals. */
export function mayEnter(pathname: string, roles: readonly Role[]): boolean {
  const allowed = rooms[pathname.split('/')[1] ?? ''];
  return allowed === undefined || roles.some((role) => allowed.includes(role));
}
