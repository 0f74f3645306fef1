import { addMonths, canonicalJson, type Day, monthOf, sha256Hex } from '@app/kernel';
import type { Evaluation } from '@app/rules';
import { evaluateScorecard, innovationPortraits, type ScorecardResult } from '@app/scorecard';

import { type Indicator, valuesOf } from '../indicator/indicator.rules.js';
import { inputIndicators, outputIndicators, talentIndicators, titleIndicators } from '../indicator/innovation.rules.js';
import { operationIndicators, qualificationIndicators } from '../indicator/operation.rules.js';
import { potentialIndicators, resilienceIndicators } from '../indicator/risk.rules.js';
import { byFeed, dayIn, of, type RecordsByFeed, type SourceRecord, textIn } from '../record/record.rules.js';
import { type HeldTitle, heldOn, nextTurn, tierOn, type TierStanding } from '../tier/tier.rules.js';
import { type RecordFigure, technologySmeFigures, technologySmeOnRecords } from './technology-sme.rules.js';

/**
 * Everything that a profile is computed from, kept with every score: the same inputs and the same version of the model
 * give the same profile to the bit, whatever became of the records since.
 */
export interface ProfileInputs {
  readonly asOf: Day;
  readonly modelVersion: string;
  readonly indicators: readonly Indicator[];
  readonly titles: readonly HeldTitle[];
  readonly figures: readonly RecordFigure[];
}

/** Without the day of the look, so that a look on another day at the same facts is the same profile. */
export type RuleSetResult = Omit<Evaluation, 'asOf'>;

export interface Profile {
  readonly portrait: ScorecardResult;
  readonly tier: TierStanding;
  /** Titles that are valid on the day, each once. */
  readonly titles: readonly string[];
  readonly ruleSets: readonly RuleSetResult[];
}

/** Draws the inputs of a profile on `asOf` from an enterprise's records. */
export function profileInputs(list: readonly SourceRecord[], asOf: Day, modelVersion: string): ProfileInputs {
  const records = byFeed(list);
  const titles = titlesIn(records);
  return {
    asOf,
    modelVersion,
    indicators: [
      ...qualificationIndicators(records, asOf),
      ...operationIndicators(records, asOf),
      ...titleIndicators(records, titles, asOf),
      ...talentIndicators(records, asOf),
      ...inputIndicators(records, asOf),
      ...outputIndicators(records, asOf),
      ...potentialIndicators(records, asOf),
      ...resilienceIndicators(records, asOf),
    ],
    titles,
    figures: technologySmeFigures(records, titles, asOf),
  };
}

/** The profile that follows from inputs. Throws RangeError for a version of the model that never was. */
export function profileOf(inputs: ProfileInputs): Profile {
  const model = innovationPortraits.find(({ version }) => version === inputs.modelVersion);
  if (!model) throw new RangeError(`no innovation portrait of version ${inputs.modelVersion}`);
  const evaluation = technologySmeOnRecords(inputs.figures, inputs.asOf);
  return {
    portrait: evaluateScorecard(model, valuesOf(inputs.indicators)),
    tier: tierOn(inputs.titles, inputs.asOf),
    titles: [...new Set(heldOn(inputs.titles, inputs.asOf).map(({ title }) => title))].toSorted(),
    ruleSets: evaluation ? [withoutDay(evaluation)] : [],
  };
}

/** Proves that a replay gave the same profile. */
export const profileHash = (profile: Profile): string => sha256Hex(canonicalJson(profile));

/**
 * Tells whether the facts are the same, whatever the day of the look. Compared only with what this function gave, so
 * the plain spelling does: the canonical one costs four times as much.
 */
export const inputHash = (inputs: ProfileInputs): string => sha256Hex(JSON.stringify({ ...inputs, asOf: undefined }));

/** The first day after `asOf` on which the same records may give another profile: ages and windows move by months. */
export function reviewDay({ titles, asOf }: ProfileInputs): Day {
  const nextMonth = addMonths(`${monthOf(asOf)}-01` as Day, 1);
  const turn = nextTurn(titles, asOf);
  return turn !== null && turn < nextMonth ? turn : nextMonth;
}

function titlesIn(records: RecordsByFeed): HeldTitle[] {
  return of(records, 'tech.title').flatMap((record) => {
    const title = textIn(record, 'title');
    if (title === null) return [];
    return {
      title,
      validFrom: dayIn(record, 'valid_from') ?? record.eventDate,
      validTo: dayIn(record, 'valid_to'),
      certificate: textIn(record, 'certificate'),
    };
  });
}

function withoutDay(evaluation: Evaluation): RuleSetResult {
  return Object.fromEntries(Object.entries(evaluation).filter(([name]) => name !== 'asOf')) as unknown as RuleSetResult;
}
