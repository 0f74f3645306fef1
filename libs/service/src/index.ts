export { actAt, ActingClock } from './acting-clock.js';
export { createAdapter } from './adapter.js';
export { configure, createService, listen, type ServedRoute, servedRoutes } from './bootstrap.js';
export { answerBrokenRequest } from './broken-request.js';
export { type Command, CurrentCommand, NotACommand, type TracedRefusal } from './command.js';
export { type Claim, claimLockSql, claimOf, claimText, fingerprintOf } from './command.interceptor.js';
export { DeadLetterController } from './dead-letter.controller.js';
export { endGracefully, isEnding } from './ending.js';
export { CommandInProgress, IdempotencyKeyMissing, IdempotencyKeyReused } from './idempotency.error.js';
export { refuseStrangers } from './metrics-access.js';
export { serveMetrics } from './metrics-server.js';
export { CreateIdempotency1790000000000 } from './migrations/1790000000000-create-idempotency.js';
export { openApiOf } from './openapi.js';
export {
  decodeCursor,
  encodeCursor,
  idCursor,
  instantCursor,
  numberCursor,
  type Page,
  pageOf,
  PageQuery,
  pageRowsMax,
} from './page.js';
export { PeriodicJob } from './periodic-job.js';
export { type Problem, problemOf } from './problem.js';
export { ServiceModule } from './service.module.js';
export { UuidPipe } from './uuid.pipe.js';
export { IsDay, IsFen, IsInstant, IsPlainText, IsUscc } from './validators.js';
