import { Allow } from '@app/auth';
import { InvalidInput } from '@app/kernel';
import { type SearchEngine, SearchIndex, type SearchPlace, stagesMax } from '@app/search';
import { decodeCursor, encodeCursor } from '@app/service';
import { Controller, Get, Query, Res } from '@nestjs/common';

import { EnterprisePage, toEnterpriseResponse } from './enterprise.response.js';
import { SearchEnterprisesRequest } from './search-enterprises.request.js';

/** What a person reads at once when nothing else is asked for. */
const rowsDefault = 20;

interface Reply {
  header(name: string, value: string): unknown;
}

@Controller('enterprises')
export class EnterpriseController {
  constructor(private readonly index: SearchIndex) {}

  /**
   * Search by part of a name, pinyin, code, tier, district and industry. The header `x-search-served-by` names the engine
   * that answered, with `; degraded` when it stands in for another.
   */
  @Allow('account-manager', 'institution-admin', 'operator')
  @Get()
  async search(
    @Query() query: SearchEnterprisesRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<EnterprisePage> {
    const { q = '', limit = rowsDefault, tier, district, industry } = query;
    const facets = Object.entries({ tier, district, industry }).flatMap(([field, value]) =>
      value === undefined ? [] : [`${field}:${value}`],
    );
    const after = placeOf(decodeCursor(query.cursor, 3));
    const { hits, next, servedBy, degraded } = await this.index.search({ text: q, facets, limit, after });
    reply.header('x-search-served-by', markOf(servedBy, degraded));
    return {
      items: hits.map(toEnterpriseResponse),
      nextCursor: next && encodeCursor(next),
      servedBy,
      degraded,
    };
  }
}

const markOf = (servedBy: SearchEngine, degraded: boolean): string => `${servedBy}${degraded ? '; degraded' : ''}`;

/** @throws InvalidInput when it is not a place that a page of this list ended at */
function placeOf(values: (string | number)[] | undefined): SearchPlace | undefined {
  if (!values) return undefined;
  const [stage, sort, id] = values;
  if (
    typeof stage === 'number' &&
    stage >= 0 &&
    stage < stagesMax &&
    typeof sort === 'string' &&
    typeof id === 'string'
  )
    return [stage, sort, id];
  throw new InvalidInput([{ pointer: '/cursor', detail: 'is not a cursor of this list: start again without it' }]);
}
