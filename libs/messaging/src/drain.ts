import { setTimeout as pause } from 'node:timers/promises';

/** One service of this process as drain() sees it. */
interface Drainable {
  /** A mark that changes with every publication. */
  tail(): Promise<string>;
  settled(): Promise<boolean>;
  outboxEmpty(): Promise<boolean>;
}

const services = new Set<Drainable>();
const lookEveryMs = 20;

export const enlist = (service: Drainable): void => void services.add(service);
export const dismiss = (service: Drainable): void => void services.delete(service);

/**
 * Resolves when every outbox of this process is empty and every consumer of this process has heard everything, with
 * all that follows from it. For tests and for filling the demo city; throws after `timeoutMs`.
 */
export async function drain(timeoutMs = 60_000): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await quiet([...services]))) {
    if (performance.now() > giveUpAt) throw new Error(`events are still under way after ${timeoutMs} ms`);
    await pause(lookEveryMs);
  }
}

/**
 * Consumers have heard all up to a mark, then outboxes are empty, then the mark is still the same: so nothing was
 * published in between, and a handler's own events are in its outbox from the instant its cursor has moved.
 */
async function quiet(all: Drainable[]): Promise<boolean> {
  const before = await Promise.all(all.map((service) => service.tail()));
  for (const service of all) if (!(await service.settled())) return false;
  for (const service of all) if (!(await service.outboxEmpty())) return false;
  const after = await Promise.all(all.map((service) => service.tail()));
  return before.every((mark, at) => mark === after[at]);
}
