/** PostgreSQL is away, full, or chose us as the victim of a deadlock: the event is not to blame. */
const sqlStates = /^(08|53|57P0|40001$|40P01$|25006$)/;
const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
const driverMessages = /connection terminated|not queryable|connection error|timeout exceeded when trying to connect/i;

/** Whether trying again later is all that can be done, however often: such failures never park an event. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (sqlStates.test(code) || socketCodes.has(code))) return true;
  return driverMessages.test(error.message);
}
