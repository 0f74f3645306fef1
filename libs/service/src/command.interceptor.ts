import { isLostRace } from '@app/database';
import { canonicalJson, Clock, sha256Hex } from '@app/kernel';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { DataSource, type EntityManager } from 'typeorm';

import { isTraced } from './command.js';
import { CommandInProgress, IdempotencyKeyMissing, IdempotencyKeyReused } from './idempotency.error.js';

const triesMax = 3;

/** Scope of the few commands that are open to people without an account, such as a registration. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** One use of an idempotency key. */
export interface Claim {
  person: string;
  route: string;
  key: string;
  fingerprint: string;
}

/** Architecture rule 9, on the routes that `interceptCommands` finds: runs a command, its effects and its stored answer in one transaction; a repeat gets the stored answer. */
@Injectable()
export class CommandInterceptor implements NestInterceptor {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return from(this.run(context, request, next));
  }

  private async run(context: ExecutionContext, request: FastifyRequest, next: CallHandler): Promise<unknown> {
    const claim = claimOf(request);
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.db.transaction((tx) => this.once(tx, context, claim, next));
      } catch (error) {
        if (tries < triesMax && isLostRace(error)) continue;
        if (isTraced(error)) await this.db.transaction((tx) => error.trace(tx));
        throw error;
      }
    }
  }

  private async once(tx: EntityManager, context: ExecutionContext, claim: Claim, next: CallHandler): Promise<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const [{ locked }] = await tx.query(`select ${claimLockSql('$1')} as locked`, [claimText(claim)]);
    if (!locked) throw new CommandInProgress();
    const [stored]: { fingerprint: string; answer: unknown }[] = await tx.query(
      'select fingerprint, answer from idempotency where person = $1 and route = $2 and key = $3',
      [claim.person, claim.route, claim.key],
    );
    if (stored) {
      if (stored.fingerprint !== claim.fingerprint) throw new IdempotencyKeyReused();
      void http.getResponse<FastifyReply>().header('idempotency-replayed', 'true');
      return stored.answer ?? undefined;
    }
    const now = this.clock.now();
    request.command = { tx, viewer: request.viewer!, now };
    const answer = await firstValueFrom(next.handle(), { defaultValue: undefined });
    await tx.query(
      `insert into idempotency (person, route, key, fingerprint, status, answer, at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [claim.person, claim.route, claim.key, claim.fingerprint, this.statusOf(context), asJson(answer), now],
    );
    return answer;
  }

  private statusOf(context: ExecutionContext): number {
    return this.reflector.get<number | undefined>(HTTP_CODE_METADATA, context.getHandler()) ?? 201;
  }
}

const asJson = (answer: unknown): string | null => (answer === undefined ? null : JSON.stringify(answer));

/** What the lock of a claim is taken on, and how; a lane that commits many commands at once takes the same lock. */
export const claimText = (claim: Claim): string => `${claim.person} ${claim.route} ${claim.key}`;
export const claimLockSql = (text: string): string => `pg_try_advisory_xact_lock(hashtextextended(${text}, 9))`;

/** Keys are scoped by person and route; the path and the body together must be the same on a repeat. */
export function claimOf(request: FastifyRequest): Claim {
  return {
    person: request.viewer?.personId ?? nobody,
    route: `${request.method} ${request.routeOptions.url}`,
    key: idempotencyKeyOf(request),
    fingerprint: fingerprintOf(request),
  };
}

/** @throws IdempotencyKeyMissing when the header is absent or not 1 to 200 visible ASCII characters */
function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw new IdempotencyKeyMissing();
  return key;
}

/**
 * What makes two requests the same act: path and body, whatever the order of fields. Passwords stay out: under a fast
 * hash in a table they would be guessed in no time, whatever their own slow hash costs.
 */
export const fingerprintOf = (request: FastifyRequest): string =>
  sha256Hex(`${request.url.split('?')[0]} ${canonicalJson(withoutPasswords(request.body ?? null))}`);

const withoutPasswords = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.fromEntries(Object.entries(body).filter(([name]) => !/password$/i.test(name)))
    : body;
