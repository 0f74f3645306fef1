import type { TestDatabase } from '../support/database.js';
import type { Answer, Attempt } from './attempt.js';
import { unavailable } from './oracle.js';

/** The grab of each of these claims, as far as it was done. */
export async function grabsOf(db: TestDatabase, claims: readonly string[]): Promise<Map<string, string>> {
  if (claims.length === 0) return new Map();
  const rows = await db.query<{ claim: string; id: string }>(
    `select person || ' ' || route || ' ' || key as claim, answer ->> 'id' as id from marketplace.idempotency
     where person || ' ' || route || ' ' || key = any($1)`,
    [claims],
  );
  return new Map(rows.map(({ claim, id }) => [claim, id]));
}

/**
 * Of attempts whose batch broke, the places in the list of those that were not done. Others of the round came in batches
 * of their own: what was lost before its commit takes no room from them. Who was done all the same gets the id of its grab.
 */
export async function lostOf(
  db: TestDatabase,
  attempts: readonly Attempt[],
  answers: readonly Answer[],
): Promise<Set<number>> {
  const broken = [...attempts.entries()].filter(([index]) => answers[index]!.told === unavailable);
  const grabs = await grabsOf(
    db,
    broken.map(([, { claimText }]) => claimText),
  );
  const elsewhere = new Set(
    attempts.filter((_, index) => answers[index]!.told === 'granted').map(({ claimText }) => claimText),
  );
  const lost = new Set<number>();
  for (const [index, { claimText }] of broken) {
    const id = elsewhere.has(claimText) ? undefined : grabs.get(claimText);
    if (id === undefined) lost.add(index);
    else answers[index]!.grabId = id;
  }
  return lost;
}
