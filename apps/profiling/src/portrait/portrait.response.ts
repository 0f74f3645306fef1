import { innovationPortraits } from '@app/scorecard';
import { ApiProperty } from '@nestjs/swagger';

import { ReasonResponse, toReasonResponse } from '../evaluation/evaluation.response.js';
import type { Indicator } from '../indicator/indicator.rules.js';
import type { IndustryMedians } from '../median/median.service.js';
import type { Profile, ProfileInputs, RuleSetResult } from '../profile/profile.rules.js';
import type { Master } from '../scoring/master.rules.js';
import { heldOn, nextTier, type TierSpan, tierSpans } from '../tier/tier.rules.js';

export class DimensionResponse {
  code: string;
  zh: string;
  en: string;
  /** 0 to 100; null when nothing of it is known. */
  score: number | null;
  /** How much of its weight is known, in basis points. */
  coverageBp: number;
  /** Median of the enterprises of the same two-digit industry; null with fewer than five. */
  industryMedian: number | null;
}

export class IndicatorResponse {
  code: string;
  zh: string;
  en: string;
  /** Money is a string of whole fen; null is "not known". */
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'integer' }], nullable: true })
  value: string | number | null;
  unit: string;
  /** The feed that speaks. */
  source: string;
  asOf: string | null;
  recordKey: string | null;
  recordVersion: number | null;
}

export class RuleSetFigureResponse {
  name: string;
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'boolean' }], nullable: true })
  value: string | number | boolean | null;
  source: string | null;
  recordKey: string | null;
  recordVersion: number | null;
}

export class RuleSetResponse {
  ruleSet: string;
  version: string;
  @ApiProperty({ enum: ['PASS', 'FAIL', 'NEEDS_EXPERT'] })
  verdict: string;
  route: string | null;
  total: number | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'boolean', nullable: true } })
  gates: Record<string, boolean | null>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer', nullable: true } })
  points: Record<string, number | null>;
  figures: RuleSetFigureResponse[];
  reasons: ReasonResponse[];
}

export class HeldTitleResponse {
  title: string;
  validFrom: string;
  validTo: string | null;
  certificate: string | null;
  validToday: boolean;
}

export class TierSpanResponse {
  tier: string;
  since: string;
  until: string | null;
  titles: string[];
}

export class NextTierResponse {
  tier: string;
  anyOf: string[];
  reason: ReasonResponse;
}

export class PortraitResponse {
  uscc: string;
  name: string;
  formerNames: string[];
  district: string | null;
  industry: string | null;
  status: string | null;
  asOf: string;
  tier: string | null;
  tierReason: ReasonResponse;
  tierHistory: TierSpanResponse[];
  nextTier: NextTierResponse | null;
  titles: string[];
  heldTitles: HeldTitleResponse[];
  score: number | null;
  scoreBand: string | null;
  scaleMin: number;
  scaleMax: number;
  dimensions: DimensionResponse[];
  /** The day that the medians of the industry are of; null before they were first taken. */
  industryMediansAsOf: string | null;
  indicators: IndicatorResponse[];
  ruleSets: RuleSetResponse[];
  reasons: ReasonResponse[];
  /** Codes of the indicators that are not known. */
  missing: string[];
  modelVersion: string;
  /** Weights and lines of the model are the platform's own, not the official ones. */
  provisional: boolean;
  /** Computed without the records that need the enterprise's consent to collection. */
  partial: boolean;
}

/** Everything that a portrait is built from; who may see it has been decided before. */
export interface PortraitFacts {
  readonly uscc: string;
  readonly master: Master;
  readonly inputs: ProfileInputs;
  readonly profile: Profile;
  readonly industryMedians: IndustryMedians;
  readonly partial: boolean;
}

export function toPortraitResponse({ uscc, master, inputs, profile, ...more }: PortraitFacts): PortraitResponse {
  const { portrait, tier } = profile;
  const model = innovationPortraits.find(({ version }) => version === portrait.modelVersion);
  return {
    uscc,
    name: master.name,
    formerNames: [...master.formerNames],
    district: master.district,
    industry: master.industry,
    status: master.status,
    asOf: inputs.asOf,
    ...tierPart(inputs, profile),
    tier: tier.tier,
    titles: [...profile.titles],
    score: portrait.score,
    scoreBand: portrait.band,
    scaleMin: model?.scaleMin ?? 0,
    scaleMax: model?.scaleMax ?? 0,
    dimensions: portrait.dimensions.map(({ code, zh, en, score, coverageBp }, index) => ({
      code,
      zh,
      en,
      score,
      coverageBp,
      industryMedian: more.industryMedians.values[index] ?? null,
    })),
    industryMediansAsOf: more.industryMedians.asOf,
    indicators: inputs.indicators.map((one) => toIndicatorResponse(one, inputs)),
    ruleSets: profile.ruleSets.map((result) => toRuleSetResponse(result, inputs)),
    reasons: portrait.reasons.map(toReasonResponse),
    missing: [...portrait.missing],
    modelVersion: portrait.modelVersion,
    provisional: portrait.provisional,
    partial: more.partial,
  };
}

type TierPart = Pick<PortraitResponse, 'tierReason' | 'tierHistory' | 'nextTier' | 'heldTitles'>;

function tierPart({ titles, asOf }: ProfileInputs, { tier }: Profile): TierPart {
  const next = nextTier(tier.tier, asOf);
  const valid = new Set(heldOn(titles, asOf));
  return {
    tierReason: toReasonResponse(tier.reason),
    tierHistory: tierSpans(titles).map(toSpanResponse),
    nextTier: next && { tier: next.tier, anyOf: [...next.anyOf], reason: toReasonResponse(next.reason) },
    heldTitles: titles.map((one) => ({
      title: one.title,
      validFrom: one.validFrom,
      validTo: one.validTo,
      certificate: one.certificate,
      validToday: valid.has(one),
    })),
  };
}

const toSpanResponse = ({ tier, since, until, titles }: TierSpan): TierSpanResponse => ({
  tier,
  since,
  until,
  titles: [...titles],
});

function toIndicatorResponse(one: Indicator, inputs: ProfileInputs): IndicatorResponse {
  const names = namesOf(inputs.modelVersion).get(one.code);
  return {
    code: one.code,
    zh: names?.zh ?? one.code,
    en: names?.en ?? one.code,
    value: one.value,
    unit: one.unit,
    source: one.source,
    // What no record says is known as of the day of the look.
    asOf: one.asOf ?? (one.value === null ? null : inputs.asOf),
    recordKey: one.recordKey,
    recordVersion: one.recordVersion,
  };
}

function namesOf(modelVersion: string): ReadonlyMap<string, { zh: string; en: string }> {
  const model = innovationPortraits.find(({ version }) => version === modelVersion);
  const indicators = model?.dimensions.flatMap((dimension) => dimension.indicators) ?? [];
  return new Map(indicators.map(({ code, zh, en }) => [code, { zh, en }]));
}

const toRuleSetResponse = (result: RuleSetResult, { figures }: ProfileInputs): RuleSetResponse => ({
  ruleSet: result.ruleSet,
  version: result.ruleSetVersion,
  verdict: result.verdict,
  route: result.route,
  total: result.total,
  gates: { ...result.gates },
  points: { ...result.points },
  figures: figures.map((one) => ({
    name: one.name,
    value: one.value,
    source: one.source,
    recordKey: one.recordKey,
    recordVersion: one.recordVersion,
  })),
  reasons: result.reasons.map(toReasonResponse),
});
