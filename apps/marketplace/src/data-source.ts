import type { DatabaseParts } from '@app/database';
import { messagingMigrations } from '@app/messaging';
import { CreateIdempotency1790000000000 } from '@app/service';

import { Attachment } from './attachment/attachment.entity.js';
import { AuditEntry } from './audit/audit.entity.js';
import { CasePause } from './clock/case-pause.entity.js';
import { Contact } from './contact/contact.entity.js';
import { Grab } from './grab/grab.entity.js';
import { LimitChange } from './limit/limit-change.entity.js';
import { CreateLimit1790000001000 } from './migrations/1790000001000-create-limit.js';
import { CreateNeed1790000001100 } from './migrations/1790000001100-create-need.js';
import { CreateProduct1790000001200 } from './migrations/1790000001200-create-product.js';
import { PublishViews1790000001300 } from './migrations/1790000001300-publish-views.js';
import { ScopeLimits1790000002000 } from './migrations/1790000002000-scope-limits.js';
import { OpenWindows1790000002100 } from './migrations/1790000002100-open-windows.js';
import { JoinLines1790000002200 } from './migrations/1790000002200-join-lines.js';
import { CreateCaseWork1790000003000 } from './migrations/1790000003000-create-case-work.js';
import { ExtendOffer1790000003100 } from './migrations/1790000003100-extend-offer.js';
import { CreateOutcome1790000003200 } from './migrations/1790000003200-create-outcome.js';
import { AddCaseLimits1790000003300 } from './migrations/1790000003300-add-case-limits.js';
import { ExtendProduct1790000004000 } from './migrations/1790000004000-extend-product.js';
import { CreateMatching1790000004100 } from './migrations/1790000004100-create-matching.js';
import { CreateSavedSearch1790000004200 } from './migrations/1790000004200-create-saved-search.js';
import { CreateListing1790000004300 } from './migrations/1790000004300-create-listing.js';
import { CreateCampaign1790000004400 } from './migrations/1790000004400-create-campaign.js';
import { CreateReadLog1790000004410 } from './migrations/1790000004410-create-read-log.js';
import { WatchWindows1790000004500 } from './migrations/1790000004500-watch-windows.js';
import { CreateQuality1790000005000 } from './migrations/1790000005000-create-quality.js';
import { CreateSafety1790000005100 } from './migrations/1790000005100-create-safety.js';
import { IndexBoard1790000006000 } from './migrations/1790000006000-index-board.js';
import { LookAtStarts1790000006700 } from './migrations/1790000006700-look-at-starts.js';
import { FollowRebuild1790000006790 } from './migrations/1790000006790-follow-rebuild.js';
import { Need } from './need/need.entity.js';
import { Disbursement } from './offer/disbursement.entity.js';
import { LprQuoteRow } from './offer/lpr-quote.entity.js';
import { Offer } from './offer/offer.entity.js';
import { Complaint } from './outcome/complaint.entity.js';
import { Feedback } from './outcome/feedback.entity.js';
import { Product } from './product/product.entity.js';
import { Visit } from './visit/visit.entity.js';

/** What follows from a grab. */
const caseEntities = [Attachment, CasePause, Complaint, Contact, Feedback, LprQuoteRow, Visit];
import { Entry } from './waiting/entry.entity.js';

export const database: DatabaseParts = {
  service: 'marketplace',
  entities: [AuditEntry, Disbursement, Entry, Grab, LimitChange, Need, Offer, Product, ...caseEntities],
  migrations: [
    CreateIdempotency1790000000000,
    ...messagingMigrations,
    CreateLimit1790000001000,
    CreateNeed1790000001100,
    CreateProduct1790000001200,
    PublishViews1790000001300,
    ScopeLimits1790000002000,
    OpenWindows1790000002100,
    JoinLines1790000002200,
    CreateCaseWork1790000003000,
    ExtendOffer1790000003100,
    CreateOutcome1790000003200,
    AddCaseLimits1790000003300,
    ExtendProduct1790000004000,
    CreateMatching1790000004100,
    CreateSavedSearch1790000004200,
    CreateListing1790000004300,
    CreateCampaign1790000004400,
    CreateReadLog1790000004410,
    CreateQuality1790000005000,
    CreateSafety1790000005100,
    WatchWindows1790000004500,
    IndexBoard1790000006000,
    LookAtStarts1790000006700,
    FollowRebuild1790000006790,
  ],
};
