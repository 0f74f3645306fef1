/** Connection lost or refused (class 08), no room (53), shutting down (57P0x), a standby that takes no writes (25006). */
const awayStates = /^(08|53|57P0|25006$)/;
const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** The driver's words, and TypeORM's for a transaction whose connection went between two queries (already released). */
const driverMessages =
  /connection (terminated|error|timeout)|not queryable|client was closed|trying to connect|already released/i;

/** Whether PostgreSQL cannot be worked with right now: no request is to blame, and later it may go. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = failureCode(error);
  return awayStates.test(code) || socketCodes.has(code) || driverMessages.test(error.message) || lacksSocket(error);
}

/** Whether a transaction lost a race of locks (serialisation, deadlock): the same work may be tried again from its start. */
export const isLostRace = (error: unknown): boolean => ['40001', '40P01'].includes(failureCode(error));

/** PostgreSQL's or the socket's own code of a failure; empty where it has none. */
export const failureCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The socket file of a server that is down; any other file that is missing is no failure of the database. */
const lacksSocket = (error: Error): boolean =>
  failureCode(error) === 'ENOENT' && 'syscall' in error && error.syscall === 'connect';
