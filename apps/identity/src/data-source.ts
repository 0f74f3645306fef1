import type { DatabaseParts } from '@app/database';
import { CreateIdempotency1790000000000 } from '@app/service';

import { CreateIdentity1790000001000 } from './migrations/1790000001000-create-identity.js';

export const database: DatabaseParts = {
  service: 'identity',
  entities: [],
  migrations: [CreateIdempotency1790000000000, CreateIdentity1790000001000],
};
