import { InvalidInput, normaliseUscc } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { Contracts } from '../contract/contract.service.js';
import type { AccountMapping, AllowCodeRequest, MapAccountsRequest } from './add-correction.request.js';
import { CodeAllowedAlready, NoAccounts } from './correction.error.js';
import type { AccountsResponse, AllowedCodeResponse } from './correction.response.js';

/** What operators add so that quarantined rows pass when their source delivers them again. */
@Injectable()
export class Corrections {
  constructor(private readonly contracts: Contracts) {}

  /** The latest mapping of an account holds, for batches that arrive after it. */
  async mapAccounts(command: Command, feed: string, request: MapAccountsRequest): Promise<AccountsResponse> {
    const { tx, viewer, now } = command;
    const { accountBy } = this.contracts.of(feed);
    if (!accountBy) throw new NoAccounts();
    const accounts = request.accounts.map((mapping, place) => accountOf(mapping, accountBy, place));
    await tx.query(
      `insert into account_mapping (feed, account, uscc, added_by, added_at)
       select distinct on (account) $1, account, uscc, $2::uuid, $3::timestamptz
       from unnest($4::text[], $5::text[]) with ordinality m (account, uscc, place) order by account, place desc
       on conflict (feed, account, added_at) do update set uscc = excluded.uscc, added_by = excluded.added_by`,
      [feed, viewer.personId, now, accounts, request.accounts.map(({ uscc }) => normaliseUscc(uscc))],
    );
    return { feed, mapped: accounts.length, addedAt: now.toISOString() };
  }

  async allowCode({ tx, viewer, now }: Command, { uscc, reason }: AllowCodeRequest): Promise<AllowedCodeResponse> {
    const made: unknown[] = await tx.query(
      `insert into allowed_code (uscc, reason, added_by, added_at) values ($1, $2, $3, $4)
       on conflict do nothing returning uscc`,
      [uscc, reason, viewer.personId, now],
    );
    if (made.length === 0) throw new CodeAllowedAlready();
    return { uscc, reason, addedAt: now.toISOString() };
  }
}

/** @throws InvalidInput unless exactly the contract's fields name the account */
function accountOf({ account }: AccountMapping, accountBy: string[], place: number): string {
  const named = accountBy.every((name) => typeof account[name] === 'string' && account[name].trim() !== '');
  if (!named || Object.keys(account).length !== accountBy.length)
    throw new InvalidInput([
      { pointer: `/accounts/${place}/account`, detail: `must have exactly the fields ${accountBy.join(', ')}` },
    ]);
  return accountBy.map((name) => account[name]!.trim()).join('|');
}
