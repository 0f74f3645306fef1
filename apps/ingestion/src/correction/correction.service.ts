import { InvalidInput, normaliseUscc } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { Contracts } from '../contract/contract.service.js';
import type { AllowCodeRequest, MapAccountRequest } from './add-correction.request.js';
import { CodeAllowedAlready, NoAccounts } from './correction.error.js';
import type { AccountResponse, AllowedCodeResponse } from './correction.response.js';

/** What operators add so that quarantined rows pass when their source delivers them again. */
@Injectable()
export class Corrections {
  constructor(private readonly contracts: Contracts) {}

  /** The latest mapping of an account holds, for batches that arrive after it. */
  async mapAccount({ tx, viewer, now }: Command, feed: string, request: MapAccountRequest): Promise<AccountResponse> {
    const { accountBy } = this.contracts.of(feed);
    if (!accountBy) throw new NoAccounts();
    const given = Object.keys(request.account);
    const missing = accountBy.filter((name) => typeof request.account[name] !== 'string');
    if (missing.length > 0 || given.length !== accountBy.length)
      throw new InvalidInput([{ pointer: '/account', detail: `must have exactly the fields ${accountBy.join(', ')}` }]);
    const account = accountBy.map((name) => request.account[name]!.trim()).join('|');
    const uscc = normaliseUscc(request.uscc);
    await tx.query(
      `insert into account_mapping (feed, account, uscc, added_by, added_at) values ($1, $2, $3, $4, $5)
       on conflict (feed, account, added_at) do update set uscc = excluded.uscc, added_by = excluded.added_by`,
      [feed, account, uscc, viewer.personId, now],
    );
    return { feed, account, uscc, addedAt: now.toISOString() };
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
