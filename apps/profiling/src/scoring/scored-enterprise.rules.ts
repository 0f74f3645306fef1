import { type Day, sha256Hex } from '@app/kernel';
import { portraitModel } from '@app/scorecard';

import {
  inputHash,
  type Profile,
  profileHash,
  type ProfileInputs,
  profileInputs,
  profileOf,
  reviewDay,
} from '../profile/profile.rules.js';
import { byFeed, type SourceRecord } from '../record/record.rules.js';
import { type Master, masterOf } from './master.rules.js';

/** An enterprise as a round of scoring leaves it. */
export interface ScoredEnterprise {
  readonly uscc: string;
  readonly master: Master;
  readonly inputs: ProfileInputs;
  readonly profile: Profile;
  readonly inputHash: string;
  readonly outputHash: string;
  /** Of all that others see: an event goes out when it changes. */
  readonly visibleHash: string;
  readonly reviewOn: Day;
}

/** undefined while the registry does not know the enterprise. */
export function scoreEnterprise(
  uscc: string,
  records: readonly SourceRecord[],
  asOf: Day,
): ScoredEnterprise | undefined {
  const master = masterOf(byFeed(records));
  if (!master) return undefined;
  const inputs = profileInputs(records, asOf, portraitModel(asOf).version);
  const profile = profileOf(inputs);
  return {
    uscc,
    master,
    inputs,
    profile,
    inputHash: inputHash(inputs),
    outputHash: profileHash(profile),
    visibleHash: visibleHash(master, profile),
    reviewOn: reviewDay(inputs),
  };
}

function visibleHash(master: Master, { portrait, tier, titles, ruleSets }: Profile): string {
  const verdicts = ruleSets.map(({ ruleSet, ruleSetVersion, verdict, total }) => [
    ruleSet,
    ruleSetVersion,
    verdict,
    total,
  ]);
  const { score, band, modelVersion, dimensions } = portrait;
  const shown = { master, tier: tier.tier, titles, score, band, modelVersion, dimensions, verdicts };
  return sha256Hex(JSON.stringify(shown));
}
