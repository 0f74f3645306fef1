import { listen } from '@app/service';

import { database } from './data-source.js';
import { IdentityModule } from './identity.module.js';

await listen(database, IdentityModule);
