import type { Viewer } from '@app/auth';
import { numberCursor, type Page, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';
import { NoAccounts } from './account.error.js';
import { type AccountMappingResponse, type MappingRow, toMappingResponse } from './account.response.js';
import type { ListMappingsQuery } from './map-accounts.request.js';

/** A later word about the same account. */
const laterSql =
  'select from account_mapping l where l.feed = m.feed and l.account = m.account and l.number > m.number';

@Injectable()
export class AccountViews {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
  ) {}

  /** What was said about accounts, the latest first. @throws FeedUnknown, NotYourFeed, NoAccounts */
  async list(viewer: Viewer, feed: string, query: ListMappingsQuery): Promise<Page<AccountMappingResponse>> {
    const { accountBy } = this.contracts.usedBy(viewer, feed);
    if (!accountBy) throw new NoAccounts();
    const limit = query.limit ?? pageRowsMax;
    const rows: MappingRow[] = await this.db.query(
      `select m.*, exists (${laterSql}) as replaced,
              (select n.name from enterprise_name n where n.uscc = m.uscc and not n.former order by n.place limit 1)
       from account_mapping m
       where m.feed = $1 and ($2::bigint is null or m.number < $2) and ($3::text is null or m.uscc = $3)
         and ($4::text is null or string_to_array(m.account, '|') @> array[$4::text])
         and case $5::text when 'IN_FORCE' then m.uscc is not null and not exists (${laterSql})
                           when 'ENDED' then m.uscc is null and not exists (${laterSql})
                           when 'REPLACED' then exists (${laterSql}) else true end
       order by m.number desc limit $6`,
      [
        feed,
        numberCursor(query.cursor),
        query.uscc ?? null,
        query.account?.trim() ?? null,
        query.state ?? null,
        limit + 1,
      ],
    );
    return pageOf(rows, limit, toMappingResponse(accountBy), ({ number }) => [Number(number)]);
  }
}
