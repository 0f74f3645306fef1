import { listen } from '@app/service';

import { database } from './data-source.js';
import { SupervisionModule } from './supervision.module.js';

await listen(database, SupervisionModule);
