import { useCallback } from 'react';

import { useLanguage } from '../frame/language.part.js';
import type { Use } from './lineage.query.js';
import { lineageText } from './lineage.text.js';

/** What rests on a record in words: an indicator by its name, a figure and a section of a report by ours. */
export function useWhat() {
  const { language } = useLanguage();
  return useCallback(
    (use: Pick<Use, 'kind' | 'code' | 'zh' | 'en'>): string => {
      const words: Readonly<Record<string, string>> = lineageText[language];
      return use[language] ?? words[`${use.kind}.${use.code}`] ?? use.code;
    },
    [language],
  );
}
