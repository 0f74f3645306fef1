import type { DatabaseParts } from '@app/database';
import { CreateIdempotency1790000000000 } from '@app/service';

export const database: DatabaseParts = {
  service: 'marketplace',
  entities: [],
  migrations: [CreateIdempotency1790000000000],
};
