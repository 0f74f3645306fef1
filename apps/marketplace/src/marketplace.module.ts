import { MessagingModule } from '@app/messaging';
import { DeadLetterController, ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';

import { AuditTrail } from './audit/audit.service.js';
import { CaseListService } from './case/case-list.service.js';
import { CaseController } from './case/case.controller.js';
import { CaseService } from './case/case.service.js';
import { AuthorisationConsumer } from './consent/authorisation.consumer.js';
import { ConsentService } from './consent/consent.service.js';
import { SuspensionService } from './consent/suspension.service.js';
import { database } from './data-source.js';
import { DrawBox } from './draw/draw-box.service.js';
import { GrabLane } from './grab/grab-lane.service.js';
import { GrabController } from './grab/grab.controller.js';
import { DueNeeds } from './housekeeping/due-needs.service.js';
import { Housekeeping } from './housekeeping/housekeeping.job.js';
import { TendingService } from './housekeeping/tending.service.js';
import { LeadController } from './lead/lead.controller.js';
import { LeadService } from './lead/lead.service.js';
import { GrantedService } from './limit/granted.service.js';
import { LimitController } from './limit/limit.controller.js';
import { LimitService } from './limit/limit.service.js';
import { LeadRanking } from './matching/lead-ranking.service.js';
import { MatchInputs } from './matching/match-input.service.js';
import { MatchQuery } from './matching/match-query.service.js';
import { MatchController } from './matching/match.controller.js';
import { NeedMatchConsumer, ProductMatchConsumer, ProfileMatchConsumer } from './matching/matching.consumer.js';
import { MatchingJob } from './matching/matching.job.js';
import { MatchingService } from './matching/matching.service.js';
import { Shelf } from './matching/shelf.service.js';
import { EnterpriseFacts } from './need/enterprise-facts.service.js';
import { NeedStore } from './need/need-store.service.js';
import { NeedController } from './need/need.controller.js';
import { NeedService } from './need/need.service.js';
import { PublicationService } from './need/publication.service.js';
import { DisbursementService } from './offer/disbursement.service.js';
import { OfferController } from './offer/offer.controller.js';
import { OfferService } from './offer/offer.service.js';
import { ProductVersions } from './product/product-version.service.js';
import { ProductController } from './product/product.controller.js';
import { ProductService } from './product/product.service.js';
import { TermsReader } from './product/terms-reader.service.js';
import { ProgrammeController } from './programme/programme.controller.js';
import { ProgrammeService } from './programme/programme.service.js';
import { RefusalLog } from './refusal/refusal-log.job.js';
import { LeadReader } from './search/lead-reader.service.js';
import { SearchDigestJob } from './search/search-digest.job.js';
import { SearchHits } from './search/search-hits.service.js';
import { SearchConsumer } from './search/search.consumer.js';
import { SearchController } from './search/search.controller.js';
import { SearchService } from './search/search.service.js';

export { Housekeeping };

@Module({
  imports: [
    ServiceModule.of(database),
    MessagingModule.forService({
      service: 'marketplace',
      handlers: [SearchConsumer, ProfileMatchConsumer, ProductMatchConsumer, NeedMatchConsumer, AuthorisationConsumer],
    }),
  ],
  controllers: [
    DeadLetterController,
    ProductController,
    SearchController,
    MatchController,
    ProgrammeController,
    NeedController,
    LeadController,
    GrabController,
    CaseController,
    OfferController,
    LimitController,
  ],
  providers: [
    AuditTrail,
    GrantedService,
    LimitService,
    ProductService,
    SearchService,
    SearchConsumer,
    SearchHits,
    SearchDigestJob,
    LeadReader,
    Shelf,
    MatchingService,
    MatchingJob,
    ProfileMatchConsumer,
    ProductMatchConsumer,
    NeedMatchConsumer,
    MatchQuery,
    MatchInputs,
    LeadRanking,
    ProgrammeService,
    TermsReader,
    ProductVersions,
    EnterpriseFacts,
    NeedStore,
    NeedService,
    DrawBox,
    PublicationService,
    ConsentService,
    SuspensionService,
    AuthorisationConsumer,
    LeadService,
    GrabLane,
    RefusalLog,
    CaseService,
    CaseListService,
    OfferService,
    DisbursementService,
    DueNeeds,
    TendingService,
    Housekeeping,
  ],
})
export class MarketplaceModule {}
