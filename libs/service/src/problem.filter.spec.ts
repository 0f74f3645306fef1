import { AppError } from '@app/kernel';
import { Logger, type LoggerService } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DataSource } from 'typeorm';

import { HealthController, NotReady } from './health.controller.js';
import { Overloaded } from './pressure.js';
import { sendProblem } from './problem.filter.js';

class SourceAway extends AppError {
  override readonly code = 'SOURCE_AWAY';
  constructor() {
    super('unavailable', 'the source does not answer');
  }
}

/** Everything that is logged, as `level: what`. */
function listen(): string[] {
  const said: string[] = [];
  const note =
    (level: string) =>
    (what: unknown): void =>
      void said.push(`${level}: ${what instanceof Error ? 'a stack' : String(what)}`);
  const recorder: LoggerService = {
    log: note('log'),
    debug: note('debug'),
    warn: note('warn'),
    error: note('error'),
  };
  Logger.overrideLogger(recorder);
  return said;
}

function answerTo(error: unknown): { status: number; code: string } {
  const sent = { status: 0, code: '' };
  const reply = {
    raw: {},
    header: () => reply,
    status: (status: number) => {
      sent.status = status;
      return reply;
    },
    type: () => reply,
    send: ({ code }: { code: string }) => {
      sent.code = code;
    },
  };
  const request = { url: '/api/supervision/x', id: 'one' };
  sendProblem(error, request as FastifyRequest, reply as unknown as FastifyReply, new Logger('problem'));
  return sent;
}

describe('what a failure leaves in the log', () => {
  afterEach(() => Logger.overrideLogger(false));

  it('is nothing that an operator reads, for a probe of a copy that is not ready, and for a request too many', () => {
    const said = listen();
    expect(answerTo(new NotReady('the process is about to end'))).toEqual({ status: 503, code: 'NOT_READY' });
    expect(answerTo(new Overloaded())).toEqual({ status: 503, code: 'OVERLOADED' });
    expect(said).toEqual([
      'debug: NOT_READY: the process is about to end',
      expect.stringMatching(/^debug: OVERLOADED: /),
    ]);
  });

  it('is one line for what is expected, the whole story for what is not, and nothing for a mistake of the caller', () => {
    const said = listen();
    expect(answerTo(new SourceAway()).status).toBe(503);
    expect(answerTo(new TypeError('x is undefined')).status).toBe(500);
    expect(answerTo(Object.assign(new Error('no JSON'), { statusCode: 400, code: 'X' })).status).toBe(400);
    expect(said).toEqual(['warn: SOURCE_AWAY: the source does not answer', 'error: a stack']);
  });

  it('says once that a copy is not ready, however often it is asked, and once that it is again', async () => {
    const said = listen();
    let isAway = true;
    const query = async (): Promise<void> => {
      if (isAway) throw new Error('connection refused');
    };
    const health = new HealthController({ query } as unknown as DataSource);
    const probe = async (): Promise<unknown> => health.ready().catch((error: unknown) => answerTo(error).code);
    for (let at = 0; at < 100; at += 1) expect(await probe()).toBe('NOT_READY');
    isAway = false;
    for (let at = 0; at < 100; at += 1) expect(await probe()).toEqual({ status: 'ok' });
    expect(said.filter((line) => !line.startsWith('debug'))).toEqual([
      'warn: not ready: the database does not answer',
      'log: ready again',
    ]);
  });
});
