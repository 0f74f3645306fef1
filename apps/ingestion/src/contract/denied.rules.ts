import type { Contract } from './contract.rules.js';
import { columnsOf } from './contract.rules.js';

/** Information that the law keeps out; `infra/contracts/catalogue/denied-columns.yaml` has the list. */
export interface DeniedGroup {
  code: string;
  title: string;
  source: string;
  /** NEVER: for nobody. PERSON: facts about persons, unless they consented in writing. */
  denied: 'NEVER' | 'PERSON';
  /** Anywhere in a header. */
  zh: string[];
  /** Words of a field name, or several in a row joined by `_`. */
  en: string[];
  /** Syllables of a field name or of a header in Latin letters, without spaces. */
  pinyin: string[];
}

export interface DeniedList {
  source: string;
  effectiveFrom: string;
  /** What makes a fact one about a person. */
  persons: { zh: string[]; en: string[]; pinyin: string[] };
  groups: DeniedGroup[];
}

/** Columns of a contract that the law keeps out, each with its reason; empty when there are none. */
export function deniedColumnsOf(contract: Contract, list: DeniedList): string[] {
  return columnsOf(contract).flatMap(({ header, name }, place) => {
    const words = wordsOf(header, name);
    const subject = contract.columns[place - 5]?.subject;
    const personal = subject === 'PERSON' || (subject === undefined && speaksOf(words, list.persons));
    const group = list.groups.find(
      (one) => speaksOf(words, one) && (one.denied === 'NEVER' || (personal && contract.personConsent !== 'WRITTEN')),
    );
    return group
      ? [`the column ${header} (${name}) holds ${group.title}, which may not be collected: ${group.source}`]
      : [];
  });
}

interface Words {
  header: string;
  /** `_` before and after each word. */
  name: string;
  /** All Latin letters of name and header, without what stands between them. */
  letters: [string, string];
}

/** One form for what can be written in many: full width, capitals, blanks and dots between letters, camel case. */
function wordsOf(header: string, name: string): Words {
  const plain = header.normalize('NFKC').toLowerCase();
  const bare = plain.replaceAll(/[\s\p{P}\p{S}\p{M}\p{Cf}]/gu, '');
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const unaccented = bare.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return {
    header: bare,
    name: `_${words.join('_')}_`,
    letters: [words.join(''), unaccented.replaceAll(/[^a-z]/g, '')],
  };
}

function speaksOf(words: Words, { zh, en, pinyin }: { zh: string[]; en: string[]; pinyin: string[] }): boolean {
  return (
    zh.some((word) => words.header.includes(word)) ||
    en.some((word) => words.name.includes(`_${word}_`) || words.name.includes(`_${word}s_`)) ||
    pinyin.some((word) => words.letters.some((letters) => letters.includes(word)))
  );
}
