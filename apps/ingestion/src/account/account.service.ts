import { InvalidInput, normaliseUscc } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { Contracts } from '../contract/contract.service.js';
import { NoAccounts } from './account.error.js';
import type { AccountsResponse, EndedAccountsResponse } from './account.response.js';
import { accountKey } from './account.rules.js';
import type { EndMappingsRequest, MapAccountsRequest } from './map-accounts.request.js';

/** Says whose accounts are; the latest word about an account holds, for batches that arrive after it. */
@Injectable()
export class Accounts {
  constructor(private readonly contracts: Contracts) {}

  /** @throws FeedUnknown, NotYourFeed, NoAccounts, InvalidInput */
  async map(command: Command, feed: string, request: MapAccountsRequest): Promise<AccountsResponse> {
    const accounts = this.keysOf(command, feed, request.accounts);
    const usccs = request.accounts.map(({ uscc }) => normaliseUscc(uscc));
    await this.say(command, feed, { accounts, usccs, reason: request.reason, moves: request.records === 'MOVE' });
    return { feed, mapped: accounts.length, addedAt: command.now.toISOString() };
  }

  /** @throws FeedUnknown, NotYourFeed, NoAccounts, InvalidInput for an account that is nobody's */
  async end(command: Command, feed: string, request: EndMappingsRequest): Promise<EndedAccountsResponse> {
    const accounts = this.keysOf(command, feed, request.accounts);
    const held: { account: string; uscc: string | null }[] = await command.tx.query(
      `select distinct on (account) account, uscc from account_mapping where feed = $1 and account = any($2)
       order by account, number desc`,
      [feed, accounts],
    );
    const mapped = new Set(held.filter(({ uscc }) => uscc !== null).map(({ account }) => account));
    const unknown = accounts.flatMap((account, place) => (mapped.has(account) ? [] : [place]));
    if (unknown.length > 0)
      throw new InvalidInput(
        unknown.map((place) => ({ pointer: `/accounts/${place}/account`, detail: 'is mapped to nobody' })),
      );
    await this.say(command, feed, {
      accounts,
      usccs: accounts.map(() => null),
      reason: request.reason,
      moves: request.records === 'MOVE',
    });
    return { feed, ended: new Set(accounts).size, endedAt: command.now.toISOString() };
  }

  private keysOf({ viewer }: Command, feed: string, list: readonly { account: Record<string, string> }[]): string[] {
    const { accountBy } = this.contracts.usedBy(viewer, feed);
    if (!accountBy) throw new NoAccounts();
    return list.map(({ account }, place) => {
      const key = accountKey(accountBy, account);
      if (key !== undefined) return key;
      const detail = `must have exactly the fields ${accountBy.join(', ')}`;
      throw new InvalidInput([{ pointer: `/accounts/${place}/account`, detail }]);
    });
  }

  private async say({ tx, viewer, now }: Command, feed: string, said: Said): Promise<void> {
    await tx.query(
      `insert into account_mapping (feed, account, uscc, reason, moves, added_by, added_at)
       select distinct on (account) $1, account, uscc, $6, $7::boolean, $2::uuid, $3::timestamptz
       from unnest($4::text[], $5::text[]) with ordinality m (account, uscc, place) order by account, place desc
       on conflict (feed, account, added_at) do update
       set uscc = excluded.uscc, reason = excluded.reason, moves = excluded.moves, added_by = excluded.added_by`,
      [feed, viewer.personId, now, said.accounts, said.usccs, said.reason ?? null, said.moves],
    );
  }
}

interface Said {
  accounts: string[];
  usccs: (string | null)[];
  reason: string | undefined;
  moves: boolean;
}
