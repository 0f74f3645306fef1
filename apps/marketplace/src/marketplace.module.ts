import { MessagingModule } from '@app/messaging';
import { DeadLetterController, ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';

import { AttachmentController } from './attachment/attachment.controller.js';
import { AttachmentService } from './attachment/attachment.service.js';
import { AuditTrail } from './audit/audit.service.js';
import { AssignmentService } from './campaign/assignment.service.js';
import { CampaignProgress } from './campaign/campaign-progress.service.js';
import { CampaignController } from './campaign/campaign.controller.js';
import { CampaignJob } from './campaign/campaign.job.js';
import { CampaignService } from './campaign/campaign.service.js';
import { CandidateService } from './campaign/candidate.service.js';
import { TargetReading } from './campaign/target-reading.service.js';
import { TargetController } from './campaign/target.controller.js';
import { TargetService } from './campaign/target.service.js';
import { BankLimits } from './case/bank-limits.service.js';
import { CaseAccess } from './case/case-access.service.js';
import { CaseListService } from './case/case-list.service.js';
import { CaseController } from './case/case.controller.js';
import { CaseService } from './case/case.service.js';
import { CalendarWatch } from './clock/calendar-watch.job.js';
import { CaseClockJob } from './clock/case-clock.job.js';
import { CaseClock } from './clock/case-clock.service.js';
import { PauseController } from './clock/pause.controller.js';
import { PauseService } from './clock/pause.service.js';
import { AuthorisationConsumer } from './consent/authorisation.consumer.js';
import { ConsentService } from './consent/consent.service.js';
import { SuspensionService } from './consent/suspension.service.js';
import { ContactService } from './contact/contact.service.js';
import { database } from './data-source.js';
import { DrawBox } from './draw/draw-box.service.js';
import { DrawQueryService } from './draw/draw-query.service.js';
import { DrawController } from './draw/draw.controller.js';
import { GrabLane } from './grab/grab-lane.service.js';
import { GrabController } from './grab/grab.controller.js';
import { DueNeeds } from './housekeeping/due-needs.service.js';
import { Housekeeping } from './housekeeping/housekeeping.job.js';
import { TendingService } from './housekeeping/tending.service.js';
import { InvariantController } from './invariant/invariant.controller.js';
import { InvariantService } from './invariant/invariant.service.js';
import { LeadController } from './lead/lead.controller.js';
import { LeadService } from './lead/lead.service.js';
import { GrantedService } from './limit/granted.service.js';
import { HeadroomJob } from './limit/headroom.job.js';
import { LimitQueryService } from './limit/limit-query.service.js';
import { LimitStartJob } from './limit/limit-start.job.js';
import { LimitController } from './limit/limit.controller.js';
import { LimitService } from './limit/limit.service.js';
import { OverrideScopes } from './limit/override-scope.service.js';
import { UsageService } from './limit/usage.service.js';
import { ListingEntries } from './listing/listing-entry.service.js';
import { ListingResults } from './listing/listing-result.service.js';
import { ListingSelection } from './listing/listing-selection.service.js';
import { ListingController } from './listing/listing.controller.js';
import { ListingJob } from './listing/listing.job.js';
import { ListingService } from './listing/listing.service.js';
import { TakeUpController } from './listing/take-up.controller.js';
import { TakeUpService } from './listing/take-up.service.js';
import { LeadRanking } from './matching/lead-ranking.service.js';
import { MatchInputs } from './matching/match-input.service.js';
import { MatchQuery } from './matching/match-query.service.js';
import { MatchController } from './matching/match.controller.js';
import { NeedMatchConsumer, ProductMatchConsumer, ProfileMatchConsumer } from './matching/matching.consumer.js';
import { MatchingJob } from './matching/matching.job.js';
import { MatchingService } from './matching/matching.service.js';
import { RebuildMatchConsumer } from './matching/rebuild-match.consumer.js';
import { RebuildMatchJob } from './matching/rebuild-match.job.js';
import { Shelf } from './matching/shelf.service.js';
import { EnterpriseFacts } from './need/enterprise-facts.service.js';
import { NeedStore } from './need/need-store.service.js';
import { NeedController } from './need/need.controller.js';
import { NeedService } from './need/need.service.js';
import { PublicationService } from './need/publication.service.js';
import { AcceptanceService } from './offer/acceptance.service.js';
import { ComparisonService } from './offer/comparison.service.js';
import { DisbursementController } from './offer/disbursement.controller.js';
import { DisbursementService } from './offer/disbursement.service.js';
import { LprController } from './offer/lpr.controller.js';
import { LprService } from './offer/lpr.service.js';
import { OfferController } from './offer/offer.controller.js';
import { OfferService } from './offer/offer.service.js';
import { ComplaintService } from './outcome/complaint.service.js';
import { FeedbackService } from './outcome/feedback.service.js';
import { OutcomeController } from './outcome/outcome.controller.js';
import { ProductVersions } from './product/product-version.service.js';
import { ProductController } from './product/product.controller.js';
import { ProductService } from './product/product.service.js';
import { TermsReader } from './product/terms-reader.service.js';
import { ProgrammeController } from './programme/programme.controller.js';
import { ProgrammeService } from './programme/programme.service.js';
import { ProgressController } from './progress/progress.controller.js';
import { ProgressService } from './progress/progress.service.js';
import { QualityModule } from './quality/quality.module.js';
import { RefusalLog } from './refusal/refusal-log.job.js';
import { RefusalController } from './refusal/refusal.controller.js';
import { SafetyConsumer } from './safety/safety.consumer.js';
import { SafetyModule } from './safety/safety.module.js';
import { LeadReader } from './search/lead-reader.service.js';
import { SearchDigestJob } from './search/search-digest.job.js';
import { SearchHits } from './search/search-hits.service.js';
import { SearchWindowJob } from './search/search-window.job.js';
import { SearchConsumer } from './search/search.consumer.js';
import { SearchController } from './search/search.controller.js';
import { SearchService } from './search/search.service.js';
import { VisitController } from './visit/visit.controller.js';
import { VisitService } from './visit/visit.service.js';
import { EntryService } from './waiting/entry.service.js';
import { LineService } from './waiting/line.service.js';
import { TurnStore } from './waiting/turn-store.service.js';
import { TurnJob } from './waiting/turn.job.js';
import { TurnService } from './waiting/turn.service.js';
import { WaitingController } from './waiting/waiting.controller.js';

export { CaseClockJob, Housekeeping };

/** What follows from a grab: the work of the bank, its offers, and how it ends. */
const caseControllers = [
  CaseController,
  OfferController,
  AttachmentController,
  VisitController,
  PauseController,
  ProgressController,
  DisbursementController,
  LprController,
  OutcomeController,
];
const caseServices = [
  CaseService,
  CaseListService,
  BankLimits,
  CaseAccess,
  ContactService,
  AttachmentService,
  VisitService,
  PauseService,
  CaseClock,
  CaseClockJob,
  CalendarWatch,
  LprService,
  OfferService,
  AcceptanceService,
  ComparisonService,
  DisbursementService,
  FeedbackService,
  ComplaintService,
  ProgressService,
];

/** The shelf, who fits whom, and how the two are brought together: searches, lists, campaigns. */
const matchingControllers = [
  ProductController,
  ProgrammeController,
  MatchController,
  SearchController,
  ListingController,
  TakeUpController,
  CampaignController,
  TargetController,
];
const matchingConsumers = [
  NeedMatchConsumer,
  ProductMatchConsumer,
  ProfileMatchConsumer,
  RebuildMatchConsumer,
  SearchConsumer,
];
const matchingServices = [
  ProductService,
  ProductVersions,
  TermsReader,
  ProgrammeService,
  Shelf,
  MatchInputs,
  MatchingService,
  MatchQuery,
  LeadRanking,
  MatchingJob,
  RebuildMatchJob,
  LeadReader,
  SearchHits,
  SearchService,
  SearchDigestJob,
  SearchWindowJob,
  ListingService,
  ListingSelection,
  ListingEntries,
  ListingResults,
  TakeUpService,
  ListingJob,
  CampaignService,
  CandidateService,
  AssignmentService,
  CampaignProgress,
  TargetService,
  TargetReading,
  CampaignJob,
];

@Module({
  imports: [
    ServiceModule.of(database),
    QualityModule,
    SafetyModule,
    MessagingModule.forService({
      service: 'marketplace',
      handlers: [...matchingConsumers, SafetyConsumer, AuthorisationConsumer],
    }),
  ],
  controllers: [
    DeadLetterController,
    ...matchingControllers,
    NeedController,
    LeadController,
    GrabController,
    ...caseControllers,
    LimitController,
    RefusalController,
    InvariantController,
    DrawController,
    WaitingController,
  ],
  providers: [
    AuditTrail,
    GrantedService,
    LimitService,
    OverrideScopes,
    ...matchingConsumers,
    ...matchingServices,
    InvariantService,
    LimitQueryService,
    UsageService,
    HeadroomJob,
    LimitStartJob,
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
    TurnStore,
    TurnService,
    TurnJob,
    EntryService,
    LineService,
    DrawQueryService,
    RefusalLog,
    ...caseServices,
    DueNeeds,
    TendingService,
    Housekeeping,
  ],
})
export class MarketplaceModule {}
