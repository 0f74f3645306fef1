import { setTimeout as pause } from 'node:timers/promises';

/** Waits for something that happens in its own time; says what did not happen. */
export async function until(what: () => Promise<boolean> | boolean, title: string, timeoutMs = 120_000): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await what())) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain: ${title}`);
    await pause(100);
  }
}
