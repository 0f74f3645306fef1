/**
 * The form in which names and questions are compared: full width and half width, upper and lower case are one, and
 * only letters and digits count, because brackets, dots and spaces in names are typed in many ways.
 */
export const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '');

/** All single characters and all neighbours of a comparable name, each once. */
export function gramsOf(name: string): string[] {
  const letters = Array.from(name);
  const pairs = letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
  return [...new Set([...letters, ...pairs])];
}

/** What a document must have to contain the question: its pairs, or its one character. */
export function gramsAsked(question: string): string[] {
  const letters = Array.from(question);
  if (letters.length < 2) return letters;
  return [...new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`))];
}

/** Whether a question may be the beginning of a code; one character is the start of too many to mean one. */
export const looksLikeCode = (question: string): boolean => /^[0-9A-Z]{2,18}$/.test(question);
