import { resolve } from 'node:path';

import { Clock } from '@app/kernel';
import { comparable } from '@app/search';
import { Injectable } from '@nestjs/common';

import { contractsDir } from '../ingestion.config.js';
import { remembering } from '../row/remembering.rules.js';
import type { Claimed } from './claim.rules.js';
import {
  type Known,
  type MatchSettings,
  organisationCodeOf,
  type ReadName,
  type Verdict,
  verdictOf,
  type Wanted,
} from './match.rules.js';
import { readMatching, settingsOn } from './matching.driver.js';
import { nameReader } from './name-key.driver.js';

/** Names and claims as the matcher compares them, and the settings of the day that it compares them by. */
@Injectable()
export class ReadingNames {
  private readonly matching = readMatching(resolve(contractsDir()));
  private readonly read = remembering(nameReader(this.matching.words));

  constructor(private readonly clock: Clock) {}

  name(name: string): ReadName {
    return this.read(name);
  }

  /** People's names and addresses: only letters and digits count. */
  plain(text: string): string {
    return comparable(text);
  }

  settings(): MatchSettings {
    return settingsOn(this.matching, this.clock.today());
  }

  wanted(claimed: Claimed): Wanted {
    return {
      name: claimed.name === '' ? null : this.name(claimed.name),
      organisationCode: organisationCodeOf(claimed.organisationCode) ?? '',
      registrationNumber: comparable(claimed.registrationNumber),
      representative: this.plain(claimed.representative),
      division: claimed.division,
      address: this.plain(claimed.address),
    };
  }

  verdict(wanted: Wanted, known: readonly Known[]): Verdict {
    return verdictOf(wanted, known, this.settings());
  }
}
