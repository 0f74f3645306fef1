import { listen } from '@app/service';

import { database } from './data-source.js';
import { NotificationModule } from './notification.module.js';

await listen(database, NotificationModule);
