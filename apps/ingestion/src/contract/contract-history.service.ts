import { SettingError } from '@app/config';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { compareContracts } from './compare.rules.js';
import { ContractsBroken } from './contract.error.js';
import { type ContractVersionList, toVersionResponse, type VersionRow } from './contract.response.js';
import { Contracts } from './contract.service.js';

/** What contracts were, and how they become others. */
@Injectable()
export class ContractHistory {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
  ) {}

  async of(feed: string): Promise<ContractVersionList> {
    const rows: VersionRow[] = await this.db.query(
      `select version, revision, effective_from::text, registered_at, contract,
              (select count(*) from batch where contract_version_id = v.id) as batches
       from contract_version v where feed = $1 order by id`,
      [feed],
    );
    const items = rows.map((row, place) => {
      const before = rows[place - 1];
      return toVersionResponse(row, before ? compareContracts(before.contract, row.contract) : []);
    });
    return { items: items.toReversed(), nextCursor: null };
  }

  /** @throws ContractsBroken, and then the contracts of before stay in force */
  async reload(): Promise<boolean> {
    try {
      return await this.contracts.reload();
    } catch (error) {
      if (error instanceof SettingError) throw new ContractsBroken(error.message);
      throw error;
    }
  }
}
