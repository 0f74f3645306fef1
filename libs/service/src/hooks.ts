import { accessGate } from '@app/auth';
import { enterCorrelation } from '@app/observe';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DataSource } from 'typeorm';

import { countAnswers } from './answer-metrics.js';
import { refuseUnderPressure } from './pressure.js';
import { sendProblem } from './problem.filter.js';
import { refuseUnstorable } from './storable.js';

/**
 * What browsers heed on data: the defaults of helmet, written down, because setting them one by one was a tenth of the
 * cost of a request. A content security policy is the portal's: nothing here is shown as a page.
 */
const forData = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};

/** The rest of helmet's: heeded on pages only, and read by every client of an answer that is none. */
const forPages = {
  ...forData,
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** Routes that say nothing of access are the pages of the API's documentation, and addresses that nobody serves. */
const standingHeaders = ({ routeOptions }: FastifyRequest): typeof forData =>
  routeOptions.config.access === undefined ? forPages : forData;

/** What happens to every request of a service around its handler; without promises where nothing is waited for. */
export function addHooks(service: string, fastify: FastifyInstance, db: DataSource): void {
  const gate = accessGate(db);
  const logger = new Logger(service);
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply): void =>
    sendProblem(error, request, reply, logger);
  refuseUnderPressure(service, fastify, refuse);
  fastify.addHook('onRequest', (request, reply, proceed) => {
    enterCorrelation(request.id, service);
    void reply.headers(standingHeaders(request)).header('x-request-id', request.id);
    const { cookie } = request.headers;
    request.cookies = cookie ? fastify.parseCookie(cookie) : {};
    let asked: Promise<void> | undefined;
    try {
      asked = gate(request);
    } catch (error) {
      return refuse(error, request, reply);
    }
    if (!asked) return proceed();
    return void asked.then(
      () => proceed(),
      (error) => refuse(error, request, reply),
    );
  });
  fastify.addHook('preHandler', (request, reply, done) => {
    try {
      refuseUnstorable(request.body, request.query);
    } catch (error) {
      return refuse(error, request, reply);
    }
    return done();
  });
  countAnswers(service, fastify);
}
