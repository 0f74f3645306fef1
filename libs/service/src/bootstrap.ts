import { type Access, accessGate } from '@app/auth';
import { host, port } from '@app/config';
import { type DatabaseParts, migrate } from '@app/database';
import { enterCorrelation } from '@app/observe';
import { fastifyCookie } from '@fastify/cookie';
import { fastifyHelmet } from '@fastify/helmet';
import { Logger as NestLogger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { DataSource } from 'typeorm';

import { createAdapter } from './adapter.js';
import { durations, requests } from './metrics.controller.js';
import { documentRoutes } from './openapi.js';
import { sendProblem } from './problem.filter.js';
import { refuseUnstorable } from './storable.js';
import { validationPipe } from './validation.js';

/** One route as the outside sees it, for the role × route matrix. */
export interface ServedRoute {
  method: string;
  url: string;
  access: Access | undefined;
}

const routesOf = new WeakMap<object, ServedRoute[]>();

/** Builds one service, ready to be listened to, injected into, or mounted by the standalone process. */
export async function createService(parts: DatabaseParts, module: Type): Promise<NestFastifyApplication> {
  await migrate(parts);
  const app = await NestFactory.create<NestFastifyApplication>(module, createAdapter(), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  await configure(parts.service, app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  refuseSilentRoutes(parts.service, servedRoutes(app));
  return app;
}

/** Also used by tests, which build the module themselves. */
export async function configure(service: string, app: NestFastifyApplication): Promise<void> {
  app.setGlobalPrefix(`api/${service}`);
  app.useGlobalPipes(validationPipe());
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const routes: ServedRoute[] = [];
  routesOf.set(app, routes);
  fastify.addHook('onRoute', ({ method, url, config }) => {
    for (const verb of [method].flat()) routes.push({ method: verb, url, access: config?.access });
  });
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, { contentSecurityPolicy: false });
  addHooks(service, fastify, app);
  documentRoutes(service, app);
}

function addHooks(service: string, fastify: FastifyInstance, app: NestFastifyApplication): void {
  const gate = accessGate(app.get(DataSource));
  const logger = new NestLogger(service);
  const guarded =
    (work: (request: FastifyRequest, reply: FastifyReply) => Promise<void> | void) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        await work(request, reply);
        return undefined;
      } catch (error) {
        sendProblem(error, request, reply, logger);
        return reply;
      }
    };
  fastify.addHook('onRequest', (request, reply, done) => {
    enterCorrelation(request.id, service);
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    done();
  });
  fastify.addHook('onRequest', guarded(gate));
  fastify.addHook(
    'preHandler',
    guarded((request) => refuseUnstorable(request.body, request.query)),
  );
  fastify.addHook('onResponse', (request, reply, done) => {
    const labels = { service, method: request.method, route: request.routeOptions.url ?? 'none' };
    requests.inc({ ...labels, status: reply.statusCode });
    durations.observe(labels, reply.elapsedTime / 1_000);
    done();
  });
}

/** Every route of a service, with who may call it. */
export const servedRoutes = (app: NestFastifyApplication): ServedRoute[] => routesOf.get(app) ?? [];

/** A route that does not say who may call it is a mistake of ours, found at start and not by a stranger. */
function refuseSilentRoutes(service: string, routes: ServedRoute[]): void {
  const silent = routes.filter(({ url, access }) => access === undefined && !isDocument(service, url));
  if (silent.length > 0)
    throw new Error(
      `no @Public, @SignedIn or @Allow on ${silent.map(({ method, url }) => `${method} ${url}`).join(', ')}`,
    );
}

const isDocument = (service: string, url: string): boolean =>
  url.startsWith(`/api/${service}/docs`) || url === `/api/${service}/openapi.json`;

/** The whole of a service's main.ts. */
export async function listen(parts: DatabaseParts, module: Type): Promise<void> {
  const app = await createService(parts, module);
  app.enableShutdownHooks();
  await app.listen(port(), host());
  new NestLogger(parts.service).log(`${parts.service} listens on ${await app.getUrl()}`);
}
