import { useCallback } from 'react';

import { useLanguage } from '../frame/language.part.js';
import { industryText } from './industry.text.js';
import { StatusTag, type Tone } from './status-tag.part.js';
import { vocabularyText } from './vocabulary.text.js';

type Kind =
  | 'tier'
  | 'security'
  | 'repayment'
  | 'purpose'
  | 'limb'
  | 'need'
  | 'grab'
  | 'offer'
  | 'authorisation'
  | 'district'
  | 'industry';

/** The word of a code in the reader's language; a code without a word shows itself. */
export function useWord() {
  const { language } = useLanguage();
  return useCallback(
    (kind: Kind, code: string | null | undefined): string => {
      if (code === null || code === undefined) return kind === 'tier' ? vocabularyText[language]['tier.none'] : '—';
      const words: Readonly<Record<string, string>> =
        kind === 'industry' ? industryText[language] : vocabularyText[language];
      return words[`${kind}.${code}`] ?? code;
    },
    [language],
  );
}

/** Choices of a filter or a form, in the order given. */
export function useChoices() {
  const word = useWord();
  return useCallback(
    (kind: Kind, codes: readonly string[]) => codes.map((value) => ({ value, label: word(kind, value) })),
    [word],
  );
}

export const tiers = ['T1', 'T2', 'T3', 'T4', 'T5'] as const;
export const securities = ['UNSECURED', 'GUARANTEE', 'MORTGAGE', 'PLEDGE', 'IP_PLEDGE'] as const;
export const repayments = ['INTEREST_FIRST', 'EQUAL_INSTALMENT', 'EQUAL_PRINCIPAL', 'BULLET'] as const;
export const districts = [
  '320500',
  '320505',
  '320506',
  '320507',
  '320508',
  '320509',
  '320581',
  '320582',
  '320583',
  '320585',
] as const;
export const industries = Object.keys(industryText.zh)
  .map((key) => key.slice('industry.'.length))
  .toSorted((a, b) => a.localeCompare(b));

const tones: Readonly<Record<string, Tone>> = {
  'need.PUBLISHED': 'busy',
  'need.FULL': 'busy',
  'need.MATCHED': 'good',
  'need.FUNDED': 'good',
  'need.EXPIRED': 'warn',
  'grab.ACTIVE': 'warn',
  'grab.CONTACTED': 'busy',
  'grab.IN_REVIEW': 'busy',
  'grab.OFFERED': 'busy',
  'grab.ACCEPTED': 'good',
  'grab.DISBURSED': 'good',
  'grab.LAPSED': 'bad',
  'offer.OPEN': 'busy',
  'offer.ACCEPTED': 'good',
  'authorisation.ACTIVE': 'good',
  'authorisation.REVOKED': 'bad',
};

export function StateTag({ kind, state }: { kind: Kind; state: string }) {
  const word = useWord();
  return <StatusTag tone={tones[`${kind}.${state}`] ?? 'still'}>{word(kind, state)}</StatusTag>;
}

export function TierTag({ tier }: { tier: string | null | undefined }) {
  const word = useWord();
  return <span className={tier ? 'tag strong' : 'tag'}>{word('tier', tier)}</span>;
}
