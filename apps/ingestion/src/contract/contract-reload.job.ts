import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';

import { Contracts } from './contract.service.js';

/** Each copy of the service looks for changed contract files by itself; a broken one is logged and changes nothing. */
@Injectable()
export class ContractReloadJob extends PeriodicJob {
  protected override readonly everyMs = 30_000;

  constructor(private readonly contracts: Contracts) {
    super();
  }

  async run(): Promise<void> {
    await this.contracts.reload();
  }
}
