import { MessagingModule } from '@app/messaging';
import { ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';

import { AuthorisationController } from './authorisation/authorisation.controller.js';
import { AuthorisationService } from './authorisation/authorisation.service.js';
import { database } from './data-source.js';
import { QueryLogService } from './query/query-log.service.js';
import { QueryController } from './query/query.controller.js';
import { QueryService } from './query/query.service.js';
import { ReceiptController } from './receipt/receipt.controller.js';
import { ReceiptService } from './receipt/receipt.service.js';
import { SealEvidenceJob } from './receipt/seal-evidence.job.js';
import { ReportService } from './report/report.service.js';

@Module({
  imports: [ServiceModule.of(database), MessagingModule.forService({ service: 'credit' })],
  controllers: [AuthorisationController, QueryController, ReceiptController],
  providers: [AuthorisationService, QueryService, QueryLogService, ReportService, ReceiptService, SealEvidenceJob],
})
export class CreditModule {}
