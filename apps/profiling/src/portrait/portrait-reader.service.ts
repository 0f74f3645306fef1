import { type Day, NotFound, type Uscc } from '@app/kernel';
import { portraitModel } from '@app/scorecard';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { MedianService } from '../median/median.service.js';
import { type Profile, type ProfileInputs, profileInputs, profileOf } from '../profile/profile.rules.js';
import { byFeed } from '../record/record.rules.js';
import { masterOf } from '../scoring/master.rules.js';
import { RecordReader } from '../scoring/record-reader.service.js';
import type { PortraitFacts } from './portrait.response.js';

interface Row {
  name: string;
  former_names: string[];
  district: string | null;
  industry: string | null;
  industry2: string | null;
  status: string | null;
  inputs: ProfileInputs;
  profile: Profile & { asOf: Day };
}

/** Puts together what a portrait shows. Whether somebody may see it is decided by the caller. */
@Injectable()
export class PortraitReader {
  constructor(
    private readonly records: RecordReader,
    private readonly medians: MedianService,
  ) {}

  /** The portrait as it was last scored. @throws NotFound */
  async whole(tx: EntityManager, uscc: Uscc): Promise<PortraitFacts> {
    const [row]: Row[] = await tx.query(
      `select e.name, e.former_names, e.district, e.industry, e.industry2, e.status, e.profile, s.inputs
       from enterprise e join score s on s.uscc = e.uscc and s.id = e.score_id
       where e.uscc = $1 and not e.withdrawn`,
      [uscc],
    );
    if (!row) throw new NotFound('enterprise');
    const { former_names: formerNames, inputs, profile, ...master } = row;
    return {
      uscc,
      master: { ...master, formerNames },
      // Facts that stayed the same keep their first score; the profile says up to which day they were looked at.
      inputs: { ...inputs, asOf: profile.asOf },
      profile,
      industryMedians: await this.medians.read(tx, master.industry2),
      partial: false,
    };
  }

  /** Computed anew from public and duty records alone, so that nothing collected under consent can shine through. */
  async withoutCollection(tx: EntityManager, uscc: Uscc, today: Day): Promise<PortraitFacts> {
    const records = await this.records.readUnbound(tx, uscc, today);
    const master = masterOf(byFeed(records));
    if (!master) throw new NotFound('enterprise');
    const inputs = profileInputs(records, today, portraitModel(today).version);
    const industryMedians = await this.medians.read(tx, master.industry2);
    return { uscc, master, inputs, profile: profileOf(inputs), industryMedians, partial: true };
  }
}
