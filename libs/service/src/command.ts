import type { Viewer } from '@app/auth';
import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';

/** What every command gets as its first argument: the transaction it acts in, who acts, and when. */
export interface Command {
  /** Commits together with the stored answer of the idempotency key, after the handler returned. */
  tx: EntityManager;
  /** Absent only on public routes. */
  viewer: Viewer;
  now: Date;
}

declare module 'fastify' {
  interface FastifyRequest {
    command?: Command;
  }
}

/** The running command of a POST, PUT, PATCH or DELETE route. */
export const CurrentCommand = createParamDecorator(
  (_: unknown, context: ExecutionContext): Command => context.switchToHttp().getRequest<FastifyRequest>().command!,
);

export const notACommand = Symbol('notACommand');

/** Tells the writer of the OpenAPI document the same; it does not leave the house. */
export const exemptExtension = 'x-not-a-command';

/** Takes an unsafe route out of the idempotency rule; the reason is for the reader. */
export const NotACommand = (reason: string) =>
  applyDecorators(SetMetadata(notACommand, reason), ApiExtension(exemptExtension, true));

/**
 * A refusal that must leave a trace although nothing else was done: what `trace` writes is committed on its own after
 * the command was rolled back, then the error goes to the caller.
 */
export interface TracedRefusal {
  trace(tx: EntityManager): Promise<void>;
}

export const isTraced = (error: unknown): error is TracedRefusal =>
  typeof error === 'object' && error !== null && 'trace' in error && typeof error.trace === 'function';
