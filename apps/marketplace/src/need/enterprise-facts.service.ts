import type { Fen, Uscc } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { maskForStrangers } from './purpose-mask.driver.js';

/** What is frozen on a need at its publication; everything is null while the enterprise has no profile. */
interface FrozenFacts {
  district: string | null;
  industry2: string | null;
  tier: string | null;
  scoreBand: string | null;
  modelVersion: string | null;
}

/** What an enterprise wrote of a need. */
interface Written {
  purpose: string;
  amountFen: Fen;
  contactName: string;
}

/** Who wrote it. */
interface Owner {
  uscc: Uscc;
  name: string;
}

const noProfile: FrozenFacts = { district: null, industry2: null, tier: null, scoreBand: null, modelVersion: null };

/** Reads of the other services' published views what a need has to know of its enterprise. */
@Injectable()
export class EnterpriseFacts {
  async frozen(tx: EntityManager, uscc: Uscc): Promise<FrozenFacts> {
    const [row]: FrozenFacts[] = await tx.query(
      `select district, industry2, tier, score_band as "scoreBand", model_version as "modelVersion"
       from profiling_api.enterprise_v1 where uscc = $1`,
      [uscc],
    );
    return row ?? noProfile;
  }

  /**
   * The purpose of a need as strangers read it, by the names that the enterprise has today: asked for again whenever a
   * text that was written earlier is shown anew.
   */
  async shownPurpose(tx: EntityManager, { purpose, contactName, amountFen }: Written, owner: Owner): Promise<string> {
    const names = await this.namesOf(tx, owner.uscc);
    return maskForStrangers(purpose, { names: [...names, owner.name, contactName], amountFen });
  }

  /** Every name by which a reader could know the enterprise: to be taken out of what strangers read. */
  private async namesOf(tx: EntityManager, uscc: Uscc): Promise<string[]> {
    const rows: { names: (string | null)[] }[] = await tx.query(
      `select array[uscc, fields->>'name', fields->>'legal_representative', fields->>'address']
              || array(select jsonb_array_elements_text(
                   case jsonb_typeof(fields->'former_names') when 'array' then fields->'former_names' else '[]' end))
              as names
       from ingestion_api.record_v1 where uscc = $1 and feed = 'registry.enterprise'`,
      [uscc],
    );
    return [uscc, ...rows.flatMap(({ names }) => names)].filter((name): name is string => Boolean(name));
  }
}
