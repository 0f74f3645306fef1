import { profileUpdated } from '@app/contracts';
import { uuidv7 } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { SearchIndex } from '@app/search';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Rebuilds } from '../rebuild/rebuilds.service.js';
import { documentOf } from '../search/document.rules.js';
import { tierSpans } from '../tier/tier.rules.js';
import { insertScoresSql, insertSpansSql, upsertEnterprisesSql } from './profile-rows.rules.js';
import type { ScoredEnterprise } from './scored-enterprise.rules.js';

interface Before {
  uscc: string;
  score_id: string;
  input_hash: string;
  output_hash: string;
  visible_hash: string;
  review_on: string;
  withdrawn: boolean;
}

type Work = ScoredEnterprise & {
  readonly before: Before | undefined;
  readonly scoreId: string;
  /** A rebuild asked for it: what is held is written over, whether it looks the same or not. */
  readonly anew: boolean;
};

/** What became of the enterprises of a round. */
interface RoundResult {
  readonly scored: readonly ScoredEnterprise[];
  /** Those without a registry record. */
  readonly gone: readonly string[];
  /** Those that cannot be scored as they are: they keep what they have. */
  readonly odd: readonly string[];
}

/** Writes a round of profiles: history only where a score is new, the enterprise only where it changed. */
@Injectable()
export class ProfileWriter {
  constructor(
    private readonly search: SearchIndex,
    private readonly rebuilds: Rebuilds,
  ) {}

  /** The number of enterprises that others are told of. */
  async write(tx: EntityManager, { scored, gone, odd }: RoundResult, now: Date): Promise<number> {
    const usccs = [...scored.map(({ uscc }) => uscc), ...gone];
    const before = await this.before(tx, usccs);
    const retold = await this.rebuilds.take(tx, [...usccs, ...odd]);
    const anew = new Set(retold.map(({ uscc }) => uscc));
    const work = scored.map((one): Work => {
      const known = before.get(one.uscc);
      const same = known && known.input_hash === one.inputHash && known.output_hash === one.outputHash;
      return { ...one, before: known, scoreId: same ? known.score_id : uuidv7(now), anew: anew.has(one.uscc) };
    });
    await this.writeScores(tx, work, now);
    await this.writeEnterprises(tx, work, now);
    const visible = work.filter(
      (one) => one.anew || one.before?.withdrawn !== false || one.before.visible_hash !== one.visibleHash,
    );
    await this.search.index(visible.map(toDocument), tx);
    await addManyToOutbox(
      tx,
      profileUpdated,
      visible.map((one) => toEvent(one, false)),
      now,
    );
    const hidden = gone.filter((uscc) => before.get(uscc)?.withdrawn === false || (before.has(uscc) && anew.has(uscc)));
    await this.withdraw(tx, hidden, now);
    await this.rebuilds.written(tx, retold);
    return visible.length + hidden.length;
  }

  private async before(tx: EntityManager, usccs: readonly string[]): Promise<ReadonlyMap<string, Before>> {
    const rows: Before[] = await tx.query(
      `select e.uscc, e.score_id, s.input_hash, s.output_hash, e.visible_hash, e.review_on::text, e.withdrawn
       from enterprise e join score s on s.uscc = e.uscc and s.id = e.score_id where e.uscc = any($1)`,
      [usccs],
    );
    return new Map(rows.map((row) => [row.uscc, row]));
  }

  private async writeScores(tx: EntityManager, work: readonly Work[], now: Date): Promise<void> {
    const fresh = work.filter(({ before, scoreId }) => before?.score_id !== scoreId);
    if (fresh.length > 0) await tx.query(insertScoresSql, [JSON.stringify(fresh.map(toScoreRow)), now]);
    const spanned = work.filter((one) => one.anew || one.before?.score_id !== one.scoreId);
    if (spanned.length === 0) return;
    await tx.query('delete from tier_span where uscc = any($1)', [spanned.map(({ uscc }) => uscc)]);
    const spans = spanned.flatMap(({ uscc, inputs }) => tierSpans(inputs.titles).map((span) => ({ uscc, ...span })));
    if (spans.length > 0) await tx.query(insertSpansSql, [JSON.stringify(spans)]);
  }

  private async writeEnterprises(tx: EntityManager, work: readonly Work[], now: Date): Promise<void> {
    const changed = work.filter(
      ({ before, scoreId, visibleHash, reviewOn, anew }) =>
        anew ||
        before?.withdrawn !== false ||
        before.score_id !== scoreId ||
        before.visible_hash !== visibleHash ||
        before.review_on !== reviewOn,
    );
    if (changed.length > 0) await tx.query(upsertEnterprisesSql, [JSON.stringify(changed.map(toEnterpriseRow)), now]);
  }

  /** The registry took its record back: hidden from view and search; the history stays. */
  private async withdraw(tx: EntityManager, hidden: readonly string[], now: Date): Promise<void> {
    if (hidden.length === 0) return;
    const [rows]: [WithdrawnRow[], number] = await tx.query(
      `update enterprise set withdrawn = true, review_on = null, updated_at = $2 where uscc = any($1)
       returning uscc, district, industry2, tier, titles, score, score_band, model_version, profile ->> 'asOf' as as_of`,
      [hidden, now],
    );
    await this.search.remove(hidden, tx);
    await addManyToOutbox(tx, profileUpdated, rows.map(toWithdrawnEvent), now);
  }
}

interface WithdrawnRow {
  uscc: string;
  district: string | null;
  industry2: string | null;
  tier: ProfileUpdated['tier'];
  titles: string[];
  score: number | null;
  score_band: string | null;
  model_version: string;
  as_of: string;
}

type ProfileUpdated = NonNullable<(typeof profileUpdated)['data']>;

const toWithdrawnEvent = ({ score_band, model_version, as_of, ...row }: WithdrawnRow): ProfileUpdated => ({
  ...row,
  scoreBand: score_band,
  modelVersion: model_version,
  asOf: as_of,
  withdrawn: true,
});

const toEvent = ({ uscc, master, profile, inputs }: Work, withdrawn: boolean): ProfileUpdated => ({
  uscc,
  district: master.district,
  industry2: master.industry2,
  tier: profile.tier.tier,
  titles: [...profile.titles],
  score: profile.portrait.score,
  scoreBand: profile.portrait.band,
  modelVersion: inputs.modelVersion,
  asOf: inputs.asOf,
  withdrawn,
});

const toDocument = ({ uscc, master, profile }: Work) =>
  documentOf({ uscc, ...master, tier: profile.tier.tier, titles: profile.titles });

const toScoreRow = ({ uscc, scoreId, inputs, profile, ...hashes }: Work) => ({
  uscc,
  id: scoreId,
  as_of: inputs.asOf,
  model_version: inputs.modelVersion,
  inputs,
  input_hash: hashes.inputHash,
  output_hash: hashes.outputHash,
  score: profile.portrait.score,
  score_band: profile.portrait.band,
  tier: profile.tier.tier,
});

const toEnterpriseRow = ({ uscc, master, scoreId, inputs, profile, visibleHash, reviewOn }: Work) => ({
  uscc,
  name: master.name,
  former_names: master.formerNames,
  district: master.district,
  industry: master.industry,
  industry2: master.industry2,
  status: master.status,
  tier: profile.tier.tier,
  titles: profile.titles,
  score: profile.portrait.score,
  score_band: profile.portrait.band,
  model_version: inputs.modelVersion,
  score_id: scoreId,
  dimensions: profile.portrait.dimensions.map(({ score }) => score),
  profile: { asOf: inputs.asOf, ...profile },
  visible_hash: visibleHash,
  review_on: reviewOn,
});
