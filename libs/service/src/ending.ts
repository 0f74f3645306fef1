import { setTimeout as pause } from 'node:timers/promises';

import { drainMs } from '@app/config';
import { Logger } from '@nestjs/common';

/** Longer than any request or transaction may take; whoever started us would kill us anyway. */
const endTimeoutMs = 25_000;

let ending = false;

/** The process is about to end: it is not ready any more, and what comes nevertheless is still answered. */
export const isEnding = (): boolean => ending;

/**
 * Ends the process gracefully on SIGTERM and SIGINT: readiness goes off first, so that whoever spreads the requests
 * sends no more; after DRAIN_MS `close` ends what is in flight. Without waiting when the process that started us dies.
 */
export function endGracefully(close: () => Promise<void>): void {
  const end = async (waitMs: number): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), waitMs + endTimeoutMs).unref();
    await pause(waitMs);
    await close().catch((error: unknown) => new Logger('ending').error(error));
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(drainMs()));
  process.on('disconnect', () => void end(0));
}
