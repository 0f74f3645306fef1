import type { DatabaseParts } from '@app/database';
import { messagingMigrations } from '@app/messaging';
import { CreateIdempotency1790000000000 } from '@app/service';

import { CreateIdentity1790000001000 } from './migrations/1790000001000-create-identity.js';
import { CreateSignIn1790000001100 } from './migrations/1790000001100-create-sign-in.js';
import { LetNotificationRead1790000001200 } from './migrations/1790000001200-let-notification-read.js';

export const database: DatabaseParts = {
  service: 'identity',
  entities: [],
  migrations: [
    CreateIdempotency1790000000000,
    ...messagingMigrations,
    CreateIdentity1790000001000,
    CreateSignIn1790000001100,
    LetNotificationRead1790000001200,
  ],
};
