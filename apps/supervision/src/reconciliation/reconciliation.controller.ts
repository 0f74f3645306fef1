import { Allow } from '@app/auth';
import { pageOf, PageQuery, pageRowsMax } from '@app/service';
import { Controller, Get, Query } from '@nestjs/common';

import { ReconciliationPage, toReconciliationResponse } from './reconciliation.response.js';
import { Reconciliations } from './reconciliation.service.js';

@Controller('reconciliations')
export class ReconciliationController {
  constructor(private readonly reconciliations: Reconciliations) {}

  /** For operators only: differences name cells of any size. Regulators see `reconciledAt` on every answer. */
  @Allow('operator')
  @Get()
  async list(@Query() query: PageQuery): Promise<ReconciliationPage> {
    const limit = query.limit ?? pageRowsMax;
    const rows = await this.reconciliations.list(query.cursor, limit);
    return pageOf(rows, limit, toReconciliationResponse, ({ id }) => [id]);
  }
}
