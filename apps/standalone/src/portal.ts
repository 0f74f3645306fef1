import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { registry } from '@app/observe';
import { problemOf, refuseStrangers } from '@app/service';
import { fastifyHelmet } from '@fastify/helmet';
import { fastifyStatic } from '@fastify/static';
import { NotFoundException } from '@nestjs/common';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import type { Readiness } from './readiness.js';

/** antd writes its styles into the page at run time; everything else comes from our own origin only. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    'default-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'", 'data:'],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  },
};

/** What is not a service: the built pages, health and metrics of the process, the list of API documents. */
export async function createPortal(readiness: () => Promise<Readiness>, services: string[]): Promise<FastifyInstance> {
  const portal = fastify({ frameworkErrors: (error, request, reply) => void refuse(error, request, reply) });
  portal.setErrorHandler(refuse);
  await portal.register(fastifyHelmet, { contentSecurityPolicy, strictTransportSecurity: false });
  portal.get('/health/live', () => ({ status: 'ok' }));
  portal.get('/health/ready', async (_request, reply) => {
    const { status, faults } = await readiness();
    return status === 'ok' ? { status } : reply.status(503).header('retry-after', 1).send({ status, faults });
  });
  portal.get('/metrics', async (request, reply) => {
    refuseStrangers(request);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  portal.get('/api/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(documentsPage(services)));
  await servePages(portal);
  await portal.ready();
  return portal;
}

async function servePages(portal: FastifyInstance): Promise<void> {
  const root = join(process.cwd(), 'apps/web/dist');
  const built = existsSync(join(root, 'index.html'));
  if (built)
    await portal.register(fastifyStatic, {
      root,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        void reply.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  portal.setNotFoundHandler((request, reply) =>
    built && isPage(request)
      ? reply.sendFile('index.html')
      : refuse(new NotFoundException('there is nothing at this address'), request, reply),
  );
}

/** Every path of the portal is the same page; its own router does the rest. */
const isPage = ({ method, url }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') && !/^\/(api|assets)([/?]|$)/.test(url);

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  return reply
    .status(problem.status)
    .type('application/problem+json')
    .send({ ...problem, instance: request.url });
}

const documentsPage = (services: string[]): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Xinqiao API</title>
<h1>Xinqiao API</h1>
<ul>${services.map((name) => `<li><a href="/api/${name}/docs">${name}</a> (<a href="/api/${name}/openapi.json">openapi.json</a>)</li>`).join('')}</ul>
</html>`;
