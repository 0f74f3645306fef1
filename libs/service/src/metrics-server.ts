import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { host, metricsPort } from '@app/config';
import { registry } from '@app/observe';

/**
 * Serves `/metrics` of the process at METRICS_PORT, which no proxy leads to; undefined where no port is given. It ends
 * with the process and not before, so that a copy which takes no more requests is still watched.
 */
export async function serveMetrics(): Promise<Server | undefined> {
  const port = metricsPort();
  if (port === 0) return undefined;
  const server = createServer((request, response) => void answer(request, response));
  server.listen(port, host());
  await once(server, 'listening');
  return server.unref();
}

async function answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (url !== '/metrics' || (method !== 'GET' && method !== 'HEAD')) return void response.writeHead(404).end();
  try {
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text);
  } catch {
    response.writeHead(500).end();
  }
}
