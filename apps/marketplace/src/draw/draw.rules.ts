import { sha256Hex } from '@app/kernel';

/** Names the way of drawing, so that a later one cannot be mistaken for it. */
const way = 'xinqiao draw 1';
const hashOf = (...parts: string[]): string => sha256Hex([way, ...parts].join('\n'));

/** One bank's part in a draw, as everybody may see it afterwards: nothing in it says which bank it is. */
export interface DrawEntry {
  id: string;
  /** Hash of the Idempotency-Key that the bank chose when it entered: its own share of the chance. */
  nonceHash: string;
}

/** Published with the need: binds the platform to a secret before anybody has entered. */
export const commitmentOf = (needId: string, secret: string): string => hashOf('commitment', needId, secret);

export const nonceHashOf = (idempotencyKey: string): string => hashOf('nonce', idempotencyKey);

/**
 * What the draw hangs on: the secret that was committed to, and every entry with its bank's share. Neither the platform
 * alone nor a bank alone can choose it; the order of the entries does not matter.
 */
export const seedOf = (needId: string, secret: string, entries: readonly DrawEntry[]): string =>
  hashOf('seed', needId, secret, ...entries.map(({ id, nonceHash }) => `${id} ${nonceHash}`).toSorted());

export const ticketOf = (seed: string, entryId: string): string => hashOf('ticket', seed, entryId);

/** The entries in the order in which they are drawn: by ticket, the lowest first. */
export function drawOrder<E extends DrawEntry>(seed: string, entries: readonly E[]): E[] {
  const ticketed = entries.map((entry) => ({ entry, ticket: ticketOf(seed, entry.id) }));
  const before = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  return ticketed
    .toSorted((a, b) => before(a.ticket, b.ticket) || before(a.entry.id, b.entry.id))
    .map(({ entry }) => entry);
}

/** A draw as it was published. */
export interface PublishedDraw {
  needId: string;
  commitment: string;
  secret: string;
  seed: string;
  /** In the order in which they were drawn. */
  entries: readonly DrawEntry[];
}

/** What does not add up in a published draw; empty when an outsider comes to the same order. */
export function faultsOfDraw({ needId, commitment, secret, seed, entries }: PublishedDraw): string[] {
  const order = drawOrder(seed, entries);
  return [
    commitmentOf(needId, secret) !== commitment && 'the secret is not the one that was committed to',
    seedOf(needId, secret, entries) !== seed && 'the seed does not follow from the secret and the entries',
    order.some(({ id }, place) => id !== entries[place]!.id) && 'the order does not follow from the seed',
  ].filter((fault) => fault !== false);
}
