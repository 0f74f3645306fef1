import { dayOf } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { columnsOf } from '../contract/contract.rules.js';
import type { Fault } from '../row/fault.rules.js';
import { type RowCheck, rowCheckOf } from '../row/row.rules.js';
import type { RowGroup } from './chosen-rows.service.js';
import { relaxed } from './tolerance.rules.js';

/** What mended rows are checked against: the contract of their own batch, and what people have added by now. */
@Injectable()
export class RowContexts {
  async checkFor({ tx, now }: Command, group: RowGroup, tolerates: readonly Fault[] = []): Promise<RowCheck> {
    const { contract, feed, rows } = group;
    const names = columnsOf(contract).map(({ name }) => name);
    const cellOf = (cells: readonly string[] | null, edits: Readonly<Record<string, unknown>>, name: string): string =>
      (typeof edits[name] === 'string' ? edits[name] : (cells?.[names.indexOf(name)] ?? '')).trim();
    const codes: { uscc: string }[] = await tx.query(
      'select uscc from allowed_code where uscc = any($1) and ended_at is null',
      [rows.map(({ cells, edits }) => cellOf(cells, edits, 'uscc').toUpperCase())],
    );
    const accountBy = contract.accountBy ?? [];
    const accounts: { account: string; uscc: string }[] = await tx.query(
      `select account, uscc from (
         select distinct on (account) account, uscc from account_mapping
         where feed = $1 and account = any($2) order by account, added_at desc) last
       where uscc is not null`,
      [feed, rows.map(({ cells, edits }) => accountBy.map((name) => cellOf(cells, edits, name)).join('|'))],
    );
    return rowCheckOf(relaxed(contract, tolerates), {
      today: dayOf(now),
      allowedCodes: new Set(codes.map(({ uscc }) => uscc)),
      accounts: new Map(accounts.map(({ account, uscc }) => [account, uscc])),
    });
  }
}
