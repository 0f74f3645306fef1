import type { Access } from '@app/auth';
import { host, port } from '@app/config';
import { type DatabaseParts, migrate } from '@app/database';
import { fastifyCookie } from '@fastify/cookie';
import { Logger as NestLogger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Logger } from 'nestjs-pino';
import { DataSource } from 'typeorm';

import { createAdapter } from './adapter.js';
import { interceptCommands } from './command-routes.js';
import { endGracefully } from './ending.js';
import { addHooks } from './hooks.js';
import { serveMetrics } from './metrics-server.js';
import { documentRoutes } from './openapi.js';
import { traceRequests } from './trace-requests.js';
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
  // Cookies are read by our own hook.
  await app.register(fastifyCookie, { hook: false });
  addHooks(service, fastify, app.get(DataSource));
  await traceRequests(service, fastify);
  interceptCommands(app);
  documentRoutes(service, app);
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
  endGracefully(() => app.close());
  await serveMetrics();
  await app.listen(port(), host());
  new NestLogger(parts.service).log(`${parts.service} listens on ${await app.getUrl()}`);
}
