import { Converter } from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';

/** Character by character: whole phrases would fold differently in a name than in a part of it. */
const simplify = Converter({ from: 't', to: 'cn' });
const simplified = new Map<string, string>();

/** Han characters are few, so each is converted once. */
function simplifiedOf(letter: string): string {
  const known = simplified.get(letter);
  if (known !== undefined) return known;
  const found = simplify(letter);
  simplified.set(letter, found);
  return found;
}

/**
 * The form in which names and questions are compared: full width and half width, upper and lower case, traditional and
 * simplified are one, and only letters and digits count, because brackets, dots and spaces are typed in many ways.
 */
export const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '')
    .replaceAll(/\p{Script=Han}/gu, simplifiedOf);

/** All single characters and all neighbours of a comparable name, each once. */
export function gramsOf(name: string): string[] {
  const letters = Array.from(name);
  return [...new Set([...letters, ...neighboursOf(letters)])];
}

/** What a document must have to contain the question: its pairs, or its one character. */
export function gramsAsked(question: string): string[] {
  const letters = Array.from(question);
  return letters.length < 2 ? letters : [...new Set(neighboursOf(letters))];
}

const neighboursOf = (letters: readonly string[]): string[] =>
  letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);

/** Whether a question may be the beginning of a code; one character is the start of too many to mean one. */
export const looksLikeCode = (question: string): boolean => /^[0-9A-Z]{2,18}$/.test(question);

/** Whether a question may be pinyin, in lower case then; one letter begins too many syllables to mean one. */
export const pinyinAsked = (question: string): string | undefined =>
  /^[A-Z]{2,}$/.test(question) ? question.toLowerCase() : undefined;

/** Syllables of a comparable name in lower case, `v` for `ü`; letters and digits stand for themselves. */
export function syllablesOf(name: string): string[] {
  return pinyin(name, { type: 'array', toneType: 'none', v: true }).map((one) => one.toLowerCase());
}

/** The first letter of each syllable. */
export const initialsOf = (syllables: readonly string[]): string =>
  syllables.map((syllable) => Array.from(syllable)[0] ?? '').join('');

/** What can be looked up of a name's pinyin: in lower case, which comparable names do not have, so that the two share one index. */
export function pinyinGramsOf(syllables: readonly string[]): string[] {
  // Character by character: one without a reading stands for itself, and may be two of UTF-16.
  const spelt = syllables.map((syllable) => Array.from(syllable));
  return [
    ...new Set([
      ...spelt.map(
        (_, at) =>
          `^${spelt
            .slice(at, at + 2)
            .flat()
            .slice(0, 2)
            .join('')}`,
      ),
      ...triplesOf(spelt.flat()),
      ...neighboursOf(spelt.map(([first = '']) => first)).map((pair) => `.${pair}`),
    ]),
  ];
}

/** What a name must have whose syllables go on like the question from one of them. */
export const pinyinGramsAsked = (question: string): string[] => [
  `^${question.slice(0, 2)}`,
  ...triplesOf(Array.from(question)),
];

/** What a name must have whose initials hold the question. */
export const initialGramsAsked = (question: string): string[] =>
  neighboursOf(Array.from(question)).map((pair) => `.${pair}`);

const triplesOf = (letters: readonly string[]): string[] =>
  letters.slice(2).map((letter, at) => `${letters[at]}${letters[at + 1]}${letter}`);

/** Names sort by so many characters: a cursor holds the key of a page's last hit, and an address has its bounds. */
const sortLettersMax = 16;

/**
 * The key that both drivers sort by, byte by byte: pinyin with tones, as a Chinese dictionary does, then the name itself.
 * Computed here because not every search engine brings a Chinese collation.
 */
export function sortKeyOf(name: string): string {
  const letters = Array.from(name).slice(0, sortLettersMax).join('');
  const spoken = pinyin(letters, { type: 'array', toneType: 'num', v: true });
  return `${spoken.join(' ').toLowerCase()} ${letters}`;
}
