import type { LabelledClaim } from './labelled-claims.js';

export interface Score {
  links: number;
  right: number;
  /** Claims about firms of the register. */
  known: number;
  /** Of those that were not linked: the right one is among the candidates a person sees. */
  shown: number;
}

export const precisionOf = ({ links, right }: Score): number => (links === 0 ? 1 : right / links);
export const recallOf = ({ known, right }: Score): number => (known === 0 ? 1 : right / known);

/** Adds one outcome to the scores of its treatment. */
export function count(
  scores: Map<string, Score>,
  claim: LabelledClaim,
  linked: string | null,
  candidates: readonly string[],
): void {
  for (const name of [claim.treatment, 'all']) {
    const score = scores.get(name) ?? { links: 0, right: 0, known: 0, shown: 0 };
    score.known += Number(claim.truth !== null);
    score.links += Number(linked !== null);
    score.right += Number(linked !== null && linked === claim.truth);
    score.shown += Number(linked === null && claim.truth !== null && candidates.includes(claim.truth));
    scores.set(name, score);
  }
}
