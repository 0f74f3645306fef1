import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { answerBrokenRequest } from '@app/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** A feed of 2 GB over a slow line takes long; what bounds a request is silence, not length. */
const socketSilenceMs = 120_000;

/** One HTTP server in front of all services: hands a request to the right one by `/api/<service>`, the rest to the portal. */
export function createFront(services: Map<string, NestFastifyApplication>, portal: FastifyInstance): Server {
  return serverOf((request, response) => {
    const service = services.get(serviceOf(request.url ?? '/') ?? '');
    (service?.getHttpAdapter().getInstance() ?? portal).routing(request, response);
  });
}

/** The service that an address names; undefined for the portal's. */
export function serviceOf(url: string): string | undefined {
  const [, api, name] = url.split(/[/?#]/, 3);
  return api === 'api' ? name : undefined;
}

/** A server with the limits of the house towards the outside. */
export function serverOf(handle: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const server = createServer(handle);
  server.on('clientError', answerBrokenRequest);
  server.requestTimeout = 0;
  server.headersTimeout = 30_000;
  server.timeout = socketSilenceMs;
  server.keepAliveTimeout = 72_000;
  return server;
}
