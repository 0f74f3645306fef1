import { type DatabaseParts, readLogMigration } from '@app/database';
import { messagingMigrations } from '@app/messaging';
import { CreateIdempotency1790000000000 } from '@app/service';

import { CreateAuthorisation1790000001000 } from './migrations/1790000001000-create-authorisation.js';

export const database: DatabaseParts = {
  service: 'credit',
  entities: [],
  migrations: [
    CreateIdempotency1790000000000,
    ...messagingMigrations,
    readLogMigration('credit'),
    CreateAuthorisation1790000001000,
  ],
};
