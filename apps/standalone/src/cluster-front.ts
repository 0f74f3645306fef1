import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { host, port, upstreams as addresses } from '@app/config';
import { endGracefully, isEnding, serveMetrics } from '@app/service';

import { forward } from './forward.js';
import { serverOf, serviceOf } from './front.js';
import { createPortal } from './portal.js';
import { type Readiness, readinessOf } from './readiness.js';
import { Upstreams } from './upstreams.js';

/**
 * The front of a cluster: the portal, and the way to the copies of each service. Behind nginx it serves the portal only
 * and tells of the readiness of all.
 */
const upstreams = new Upstreams(addresses());
await upstreams.watch();
const readiness = async (): Promise<Readiness> =>
  isEnding() ? { status: 'unavailable', faults: ['the process is about to end'] } : readinessOf(upstreams.conditions);
const portal = await createPortal(readiness, upstreams.services);
const front = serverOf((request, response) => {
  const service = serviceOf(request.url ?? '/');
  if (upstreams.serves(service)) return forward(request, response, service, upstreams);
  return portal.routing(request, response);
});
endGracefully(async () => {
  upstreams.close();
  front.close();
  front.closeIdleConnections();
  await portal.close();
});
await serveMetrics();
front.listen(port(), host());
await once(front, 'listening');
const address = front.address() as AddressInfo;
console.log(`front http://${address.address}:${address.port}`);
