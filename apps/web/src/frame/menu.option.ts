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
  | 'deadLetters'
  | 'limits'
  | 'organisations';

const manager: readonly MenuEntry[] = [];

/** What each role finds on the left, the page of its question first; at most seven. */
export const menus: Readonly<Record<string, readonly MenuEntry[]>> = {
  enterprise: [],
  'account-manager': manager,
  'institution-admin': manager,
  regulator: [],
  operator: [],
  source: [],
};

/** A person may hold several roles: each entry comes once. */
export function menuOf(roles: readonly Role[]): MenuEntry[] {
  const entries = roles.flatMap((role) => menus[role] ?? []);
  return entries.filter((entry, place) => entries.findIndex(({ to }) => to === entry.to) === place).slice(0, 7);
}
