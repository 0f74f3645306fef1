import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';

import { trustedProxies } from '@app/config';
import { AppError } from '@app/kernel';
import { Logger } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { answerBrokenRequest } from './broken-request.js';
import { sendProblem } from './problem.filter.js';

/** 1 MB holds the largest JSON body we accept; feeds are streamed elsewhere. */
const bodyBytesMax = 1_048_576;

class NotUtf8 extends AppError {
  override readonly code = 'MALFORMED';
  constructor() {
    super('malformed', 'the body is not UTF-8 text: JSON is sent as UTF-8 and nothing else');
  }
}

/** What a form of a foreign page may send without asking (plain text, form fields) is no body of ours: JSON only. */
class JsonAdapter extends FastifyAdapter {
  override registerParserMiddleware(): void {
    const fastify = this.getInstance() as unknown as FastifyInstance;
    const parse = fastify.getDefaultJsonParser('error', 'error');
    fastify.removeContentTypeParser(['application/json', 'text/plain']);
    fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
      // A decoder would put a replacement character where a byte was wrong, and a name would be kept that nobody wrote.
      if (!isUtf8(body)) return done(new NotUtf8());
      return parse(request, body.toString(), done);
    });
  }
}

export function createAdapter(): FastifyAdapter {
  const logger = new Logger(JsonAdapter.name);
  return new JsonAdapter({
    bodyLimit: bodyBytesMax,
    trustProxy: trustedProxies(),
    genReqId: requestId,
    routerOptions: { maxParamLength: 200 },
    // Refusals of the router, before any hook: an address that cannot be decoded, an id that is far too long.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(error, request, reply, logger),
    clientErrorHandler: answerBrokenRequest,
  });
}

/** Random once a process, counted from there: as unique as a random id each, at a tenth of the cost. */
const ownIds = { prefix: randomUUID().slice(0, 24), last: 0 };

/** One id per request: ours or the caller's. */
function requestId(request: { headers: Record<string, string | string[] | undefined> }): string {
  const given = request.headers['x-request-id'];
  if (typeof given === 'string' && /^[\w-]{8,64}$/.test(given)) return given;
  ownIds.last += 1;
  return ownIds.prefix + ownIds.last.toString(16).padStart(12, '0');
}
