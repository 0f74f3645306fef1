import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { bandText } from '../parts/format.rules.js';
import { useWord } from '../parts/vocabulary.part.js';
import { boardText } from './board.text.js';

interface Conditions {
  readonly amountBands: readonly string[];
  readonly districts: readonly string[];
  readonly industries: readonly string[];
  readonly tiers: readonly string[];
  readonly scoreBands: readonly string[];
  readonly securities: readonly string[];
  readonly purposeWords?: readonly string[];
}

/** A search as a sentence of its conditions. */
export function useSearchWords() {
  const text = useText(boardText);
  const word = useWord();
  const list = useListing();
  const { language } = useLanguage();
  return (search: Conditions): string => {
    const parts = [
      search.amountBands.map((band) => bandText(band, language)),
      search.districts.map((code) => word('district', code)),
      search.industries.map((code) => word('industry', code)),
      search.tiers.map((code) => word('tier', code)),
      search.scoreBands,
      search.securities.map((code) => word('security', code)),
      search.purposeWords ?? [],
    ].filter((part) => part.length > 0);
    return parts.length > 0 ? parts.map((part) => list(part)).join(' · ') : text('search.everything');
  };
}
