import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { demo, host, port } from '@app/config';
import { createService, serveMetrics } from '@app/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { CityHost } from './city/city-host.js';
import { createFront } from './front.js';
import { createPortal } from './portal.js';
import { conditionOf, type Readiness, readinessOf, starting } from './readiness.js';
import { services } from './services.js';

/** Every service is a whole Nest application; this process only chooses which of them answers. */
const running = new Map<string, NestFastifyApplication>();
let ready = false;
const city = demo() === 'city' ? new CityHost() : undefined;
const portal = await createPortal(
  () => readiness(),
  services.map(({ parts }) => parts.service),
);
const front = createFront(running, portal);

/** Whatever the city still does, the process is ready when it has started and every service finds its database. */
async function readiness(): Promise<Readiness> {
  if (!ready) return starting;
  const asked = [...running].map(async ([name, app]) => {
    const { statusCode, body } = await app.inject(`/api/${name}/health/ready`);
    return conditionOf(name, statusCode, body);
  });
  return readinessOf(await Promise.all(asked));
}

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  const closed = front.listening ? once(front, 'close') : undefined;
  front.close();
  front.closeIdleConnections();
  // Its streams end when it does, and never by themselves: nobody waits for them.
  const streaming = running.get('notification');
  running.delete('notification');
  await streaming?.close();
  await Promise.race([closed, new Promise((done) => setTimeout(done, 5_000).unref())]);
  await city?.close();
  await Promise.all([...running.values()].map((app) => app.close()));
  await portal.close();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void close());
process.on('disconnect', () => void close()); // npm start died: do not outlive it

await city?.open();
for (const { parts, module } of services) running.set(parts.service, await createService(parts, module));
await serveMetrics();
front.listen(port(), host());
await once(front, 'listening');
await city?.begin(running);
const address = front.address() as AddressInfo;
ready = true;
console.log(`ready http://${address.address}:${address.port}`);
city?.announce();
// The platform serves whether or not the fictional past is complete; the next start goes on with it.
await city?.goOn(running).catch((error: unknown) => console.error('the demo city is not complete:', error));
