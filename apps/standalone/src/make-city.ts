import { textSetting } from '@app/config';
import { createService, endGracefully } from '@app/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { CityHost } from './city/city-host.js';
import { services } from './services.js';

/**
 * Makes the demo city for a cluster: all services in this one process, on the same stores and the same bus, until the
 * city is complete. What stays is the city's tax bureau, since the services go on to pull from it.
 */
const city = new CityHost();
await city.open();
const running = new Map<string, NestFastifyApplication>();
endGracefully(async () => {
  await city.close();
  await closeServices();
});

if (!city.isComplete) {
  for (const { parts, module } of services) running.set(parts.service, await createService(parts, module));
  await city.begin(running);
  await city.goOn(running);
  await closeServices();
}
city.announce();
console.log(`city ${textSetting('TAX_BUREAU_URL')} ${textSetting('TAX_BUREAU_KEY')}`);

async function closeServices(): Promise<void> {
  await Promise.all([...running.values()].map((app) => app.close()));
  running.clear();
}
