import type { DatabaseParts } from '@app/database';
import { messagingMigrations } from '@app/messaging';
import { CreateIdempotency1790000000000 } from '@app/service';

import { AuditEntry } from './audit/audit.entity.js';
import { Grab } from './grab/grab.entity.js';
import { LimitChange } from './limit/limit-change.entity.js';
import { CreateLimit1790000001000 } from './migrations/1790000001000-create-limit.js';
import { CreateNeed1790000001100 } from './migrations/1790000001100-create-need.js';
import { CreateProduct1790000001200 } from './migrations/1790000001200-create-product.js';
import { PublishViews1790000001300 } from './migrations/1790000001300-publish-views.js';
import { ScopeLimits1790000002000 } from './migrations/1790000002000-scope-limits.js';
import { OpenWindows1790000002100 } from './migrations/1790000002100-open-windows.js';
import { ExtendProduct1790000004000 } from './migrations/1790000004000-extend-product.js';
import { CreateMatching1790000004100 } from './migrations/1790000004100-create-matching.js';
import { CreateSavedSearch1790000004200 } from './migrations/1790000004200-create-saved-search.js';
import { Need } from './need/need.entity.js';
import { Disbursement } from './offer/disbursement.entity.js';
import { Offer } from './offer/offer.entity.js';
import { Product } from './product/product.entity.js';

export const database: DatabaseParts = {
  service: 'marketplace',
  entities: [AuditEntry, Disbursement, Grab, LimitChange, Need, Offer, Product],
  migrations: [
    CreateIdempotency1790000000000,
    ...messagingMigrations,
    CreateLimit1790000001000,
    CreateNeed1790000001100,
    CreateProduct1790000001200,
    PublishViews1790000001300,
    ScopeLimits1790000002000,
    OpenWindows1790000002100,
    ExtendProduct1790000004000,
    CreateMatching1790000004100,
    CreateSavedSearch1790000004200,
  ],
};
