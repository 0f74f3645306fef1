import type { Stage } from './search-stages.js';
import { gramsAsked, initialGramsAsked, looksLikeCode, pinyinGramsAsked } from './search-text.js';
import type { Slip } from './slips.js';

/** Puts a value into the query and gives its name there. */
export type Bind = (value: unknown) => string;

/**
 * Grams narrow down by the GIN index, `like` decides, so that nothing wrong is found and nothing is missed. `like` comes
 * first: for common words rows are read in their order, and comparing arrays takes ten times as long.
 */
export function conditionOf(stage: Stage, bind: Bind): string | undefined {
  if (stage.kind === 'words') return wordsCondition(stage.asked, bind);
  if (stage.kind === 'pinyin')
    return `(${spokenCondition(stage.spoken, bind)}) and not (${plainCondition(stage.asked, bind)})`;
  if (stage.kind === 'slip') return slipCondition(stage.slips, bind);
  return undefined;
}

/** `like` needs no escapes: only letters and digits are left of the question. */
function wordsCondition(asked: string, bind: Bind): string {
  const part = `haystack like ${bind(`%${asked}%`)} and grams @> ${bind(gramsAsked(asked))}::text[]`;
  return looksLikeCode(asked) ? `(${part} or id like ${bind(`${asked}%`)})` : part;
}

/** The same without the index: to leave out what was found before. */
function plainCondition(asked: string, bind: Bind): string {
  const part = `haystack like ${bind(`%${asked}%`)}`;
  return looksLikeCode(asked) ? `${part} or id like ${bind(`${asked}%`)}` : part;
}

function spokenCondition(spoken: string, bind: Bind): string {
  const whole = `grams @> ${bind(pinyinGramsAsked(spoken))}::text[] and pinyin ~ ${bind(spokenPattern(spoken))}`;
  const initials = `grams @> ${bind(initialGramsAsked(spoken))}::text[] and initials like ${bind(`%${spoken}%`)}`;
  return `${whole} or ${initials}`;
}

/** Begins where a syllable does and goes on over the borders of syllables, within one name. */
export const spokenPattern = (spoken: string): string => `(^|[ /])${Array.from(spoken).join(' ?')}`;

function slipCondition(slips: readonly Slip[], bind: Bind): string {
  const ways = new Map(slips.map((slip) => [patternOf(slip), gramsOfSlip(slip)]));
  return `(${[...ways]
    .map(([pattern, grams]) => `grams @> ${bind(grams)}::text[] and haystack like ${bind(pattern)}`)
    .join(' or ')})`;
}

export const patternOf = ({ before, after, gap }: Slip): string => `%${before}${gap ? '_' : ''}${after}%`;

export const gramsOfSlip = ({ before, after, gap }: Slip): string[] =>
  gap ? [...new Set([...gramsAsked(before), ...gramsAsked(after)])] : gramsAsked(before + after);
