import { numberCursor, type Command, type Page, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { AllowCodeRequest, EndCodeRequest, ListCodesQuery } from './add-correction.request.js';
import { CodeAllowedAlready, CodeNotAllowed } from './correction.error.js';
import { type AllowedCodeResponse, type AllowedCodeRow, toAllowedCodeResponse } from './correction.response.js';

/** Codes that operators let pass, so that quarantined rows of them come in when their source delivers them again. */
@Injectable()
export class Corrections {
  constructor(private readonly db: DataSource) {}

  /** @throws CodeAllowedAlready */
  async allowCode({ tx, viewer, now }: Command, { uscc, reason }: AllowCodeRequest): Promise<AllowedCodeResponse> {
    const [made]: AllowedCodeRow[] = await tx.query(
      `insert into allowed_code (uscc, reason, added_by, added_at) values ($1, $2, $3, $4)
       on conflict (uscc) where ended_at is null do nothing returning *`,
      [uscc, reason, viewer.personId, now],
    );
    if (!made) throw new CodeAllowedAlready();
    return toAllowedCodeResponse(made);
  }

  /** Records that came in under it stay: rows of it wait again from now on. @throws CodeNotAllowed */
  async endCode({ tx, viewer, now }: Command, uscc: string, { reason }: EndCodeRequest): Promise<AllowedCodeResponse> {
    const [rows]: [AllowedCodeRow[]] = await tx.query(
      `update allowed_code set ended_by = $2, ended_at = $3, end_reason = $4 where uscc = $1 and ended_at is null
       returning *`,
      [uscc, viewer.personId, now, reason],
    );
    const [row] = rows;
    if (!row) throw new CodeNotAllowed();
    return toAllowedCodeResponse(row);
  }

  /** The latest first. */
  async listCodes({ limit = pageRowsMax, cursor, uscc, state }: ListCodesQuery): Promise<Page<AllowedCodeResponse>> {
    const rows: AllowedCodeRow[] = await this.db.query(
      `select * from allowed_code
       where ($1::bigint is null or number < $1) and ($2::text is null or uscc = $2)
         and ($3::text is null or (ended_at is null) = ($3 = 'IN_FORCE'))
       order by number desc limit $4`,
      [numberCursor(cursor), uscc?.trim().toUpperCase() ?? null, state ?? null, limit + 1],
    );
    return pageOf(rows, limit, toAllowedCodeResponse, ({ number }) => [Number(number)]);
  }
}
