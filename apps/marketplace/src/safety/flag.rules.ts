import { anomalyKinds, type Finding } from './anomaly.rules.js';

export const flagKinds = [...anomalyKinds, 'EQUAL_NEED', 'EQUAL_PLEDGE'] as const;
export type FlagKind = (typeof flagKinds)[number];

export const flagStates = ['OPEN', 'EXPLAINED', 'CONFIRMED'] as const;
export type FlagState = (typeof flagStates)[number];

/** What an operator looks at. */
export type Evidence = Pick<Finding, 'institutions' | 'ids' | 'figures'>;

/** Whether a finding says anything that an operator has not decided on already. */
export function isNews({ ids, least }: Finding<FlagKind>, decided: readonly string[]): boolean {
  const known = new Set(decided);
  return ids.filter((id) => !known.has(id)).length >= Math.min(least, ids.length);
}
