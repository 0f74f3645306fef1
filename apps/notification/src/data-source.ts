import type { DatabaseParts } from '@app/database';
import { messagingMigrations } from '@app/messaging';
import { CreateIdempotency1790000000000 } from '@app/service';

import { CreateNotice1790000001000 } from './migrations/1790000001000-create-notice.js';
import { CreateDelivery1790000001100 } from './migrations/1790000001100-create-delivery.js';
import { CreateWebhook1790000001200 } from './migrations/1790000001200-create-webhook.js';
import { CountCodes1790000006700 } from './migrations/1790000006700-count-codes.js';

export const database: DatabaseParts = {
  service: 'notification',
  entities: [],
  migrations: [
    CreateIdempotency1790000000000,
    ...messagingMigrations,
    CreateNotice1790000001000,
    CreateDelivery1790000001100,
    CreateWebhook1790000001200,
    CountCodes1790000006700,
  ],
};
