import { Allow } from '@app/auth';
import { SearchIndex } from '@app/search';
import { decodeCursor, pageOf } from '@app/service';
import { Controller, Get, Query } from '@nestjs/common';

import { EnterprisePage, toEnterpriseResponse } from './enterprise.response.js';
import { SearchEnterprisesRequest } from './search-enterprises.request.js';

/** What a person reads at once when nothing else is asked for. */
const rowsDefault = 20;

@Controller('enterprises')
export class EnterpriseController {
  constructor(private readonly index: SearchIndex) {}

  /** Search by part of a name, code, tier, district and industry. */
  @Allow('account-manager', 'institution-admin', 'operator')
  @Get()
  async search(@Query() query: SearchEnterprisesRequest): Promise<EnterprisePage> {
    const { q = '', limit = rowsDefault, tier, district, industry } = query;
    const after = decodeCursor(query.cursor, 2);
    const facets = Object.entries({ tier, district, industry }).flatMap(([field, value]) =>
      value === undefined ? [] : [`${field}:${value}`],
    );
    const hits = await this.index.search({
      text: q,
      facets,
      limit,
      after: after && [String(after[0]), String(after[1])],
    });
    return pageOf(hits, limit, toEnterpriseResponse, ({ name, id }) => [name, id]);
  }
}
