// A route that does nothing, as every service of the house would serve it: session, correlation, metrics, problems, commands.
import { Controller, Get, Module } from '@nestjs/common';

import { SignedIn } from '../../dist/libs/auth/src/index.js';
import { createService, ServiceModule } from '../../dist/libs/service/src/index.js';
import { answering } from '../processes.mjs';

const parts = { service: 'marketplace', entities: [], migrations: [] };

class NoopController {
  noop() {
    return { ok: true };
  }
}
Controller('noop')(NoopController);
const route = Object.getOwnPropertyDescriptor(NoopController.prototype, 'noop');
for (const decorate of [SignedIn(), Get()]) decorate(NoopController.prototype, 'noop', route);

class NoopModule {}
Module({ imports: [ServiceModule.of(parts)], controllers: [NoopController] })(NoopModule);

const app = await createService(parts, NoopModule);
await app.listen(0, '127.0.0.1');
answering({ url: `${await app.getUrl()}/api/marketplace/noop` }, {});
