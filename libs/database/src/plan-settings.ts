import type { EntityManager } from 'typeorm';

/**
 * Heads are looked up by key, never hashed as a whole: the planner does not count that partitions are left out while
 * it runs, and would read every head of the city for a handful of enterprises.
 */
export const headsByKey = { enable_hashjoin: 'off', enable_mergejoin: 'off' } as const;

/**
 * Does `work` under settings of PostgreSQL's planner, in the transaction of `tx`; what comes after it in the transaction has
 * the session's own again. Names and values are written in code and never come from outside.
 */
export async function withPlanSettings<T>(
  tx: EntityManager,
  settings: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const names = Object.keys(settings);
  await tx.query(names.map((name) => `set local ${name} = '${settings[name]}'`).join('; '));
  const done = await work();
  await tx.query(names.map((name) => `set local ${name} to default`).join('; '));
  return done;
}
