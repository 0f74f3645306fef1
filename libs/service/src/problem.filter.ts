import { AppError } from '@app/kernel';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { NotReady } from './health.controller.js';
import { Overloaded } from './pressure.js';
import { type Problem, problemOf } from './problem.js';

/** Every failure leaves as application/problem+json (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest(), http.getResponse(), this.logger);
  }
}

/** Also used by hooks that run before Nest sees the request. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const { retryAfterSeconds, ...problem } = problemOf(error);
  if (problem.status >= 500) write(error, problem, logger);
  if (reply.sent || reply.raw.writableEnded) return;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  void reply
    .status(problem.status)
    .type('application/problem+json')
    .send({ ...problem, instance: request.url, requestId: request.id });
}

function write(error: unknown, { code, detail }: Pick<Problem, 'code' | 'detail'>, logger: Logger): void {
  // What is expected is told by its words: where it was noticed says nothing. A probe asks every other second, and a copy
  // under pressure refuses hundreds a second: whoever begins such a state says so, and metrics count the answers.
  if (error instanceof NotReady || error instanceof Overloaded) logger.debug(`${code}: ${detail}`);
  else if (error instanceof AppError) logger.warn(`${code}: ${detail}`);
  else logger.error(error);
}
