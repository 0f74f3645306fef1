import { Allow } from '@app/auth';
import { InvalidInput } from '@app/kernel';
import { decodeCursor, pageOf } from '@app/service';
import { Controller, Get, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { ListRefusalsQuery } from './list-refusals.request.js';
import { RefusalPage, type RefusalRow, toRefusalResponse } from './refusal.response.js';

const listSql = `
  select minute, institution_code as institution, code, sum(refusals)::integer as refusals
  from grab_refusal
  where ($1::timestamptz is null or minute >= $1) and ($2::text is null or institution_code = $2)
    and ($3::text is null or code = $3)
    and ($4::timestamptz is null or (minute, institution_code, code) < ($4, $5::text, $6::text))
  group by minute, institution_code, code
  order by minute desc, institution_code desc, code desc limit $7`;

@Controller('refusals')
export class RefusalController {
  constructor(private readonly db: DataSource) {}

  /** Refused grabs by minute, bank and reason, latest first. */
  @Get()
  @Allow('operator')
  async list(@Query() query: ListRefusalsQuery): Promise<RefusalPage> {
    const { limit = 50, cursor, from, institution, code } = query;
    const [minute, bank, reason] = decodeCursor(cursor, 3) ?? [];
    if (minute !== undefined && Number.isNaN(Date.parse(String(minute))))
      throw new InvalidInput([{ pointer: '/cursor', detail: 'is not a cursor of this list' }]);
    const values = [from, institution, code, minute, bank, reason];
    const rows: RefusalRow[] = await this.db.query(listSql, [...values, limit + 1]);
    return pageOf(rows, limit, toRefusalResponse, (row) => [row.minute.toISOString(), row.institution, row.code]);
  }
}
