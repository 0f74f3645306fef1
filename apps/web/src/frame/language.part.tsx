import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

import { fill, type Dictionary, type Language, type Values } from './dictionary.rules.js';

const remembered = 'xinqiao.language';
const LanguageContext = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: 'zh',
  choose: () => undefined,
});

/** Chinese unless this browser chose English before. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, choose] = useState<Language>(() => (localStorage.getItem(remembered) === 'en' ? 'en' : 'zh'));
  useEffect(() => {
    localStorage.setItem(remembered, language);
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const value = useMemo(() => ({ language, choose }), [language]);
  return <LanguageContext.Provider value={value}>{children}</LanguageContext.Provider>;
}

export const useLanguage = () => useContext(LanguageContext);

/** Joins words into a list as the language writes it: 甲、乙 or A, B. */
export function useListing() {
  const { language } = useLanguage();
  return useCallback((words: readonly string[]) => words.join(language === 'zh' ? '、' : ', '), [language]);
}

export type Text<Key extends string> = (key: Key, values?: Values) => string;

/** The texts of a room in the chosen language. */
export function useText<Key extends string>(texts: Dictionary<Key>): Text<Key> {
  const { language } = useLanguage();
  return useCallback((key, values) => fill(texts[language][key], values), [texts, language]);
}
