import { MessagingModule } from '@app/messaging';
import { DeadLetterController, ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';

import { database } from './data-source.js';
import { FactConsumer } from './fact/fact.consumer.js';
import { Facts } from './fact/fact.service.js';
import { FactReader } from './indicator/fact-reader.service.js';
import { IndicatorController } from './indicator/indicator.controller.js';
import { Indicators } from './indicator/indicator.service.js';
import { MarginReader } from './indicator/margin-reader.service.js';
import { SeriesService } from './indicator/series.service.js';
import { OverviewController } from './overview/overview.controller.js';
import { Overview } from './overview/overview.service.js';
import { RebuildConsumer } from './rebuild/rebuild.consumer.js';
import { RebuildController } from './rebuild/rebuild.controller.js';
import { RebuildJob } from './rebuild/rebuild.job.js';
import { Rebuilds } from './rebuild/rebuild.service.js';
import { ReconcileJob } from './reconciliation/reconcile.job.js';
import { ReconciliationController } from './reconciliation/reconciliation.controller.js';
import { Reconciliations } from './reconciliation/reconciliation.service.js';

@Module({
  imports: [
    ServiceModule.of(database),
    MessagingModule.forService({ service: 'supervision', handlers: [FactConsumer, RebuildConsumer] }),
  ],
  controllers: [
    DeadLetterController,
    IndicatorController,
    OverviewController,
    RebuildController,
    ReconciliationController,
  ],
  providers: [
    FactConsumer,
    FactReader,
    Facts,
    Indicators,
    MarginReader,
    Overview,
    RebuildConsumer,
    RebuildJob,
    Rebuilds,
    ReconcileJob,
    Reconciliations,
    SeriesService,
  ],
})
export class SupervisionModule {}
