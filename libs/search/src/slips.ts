/** A question with one slip: what stands before it and after it, and whether one unknown character stands between. */
export interface Slip {
  readonly before: string;
  readonly after: string;
  readonly gap: boolean;
}

/** Three right characters at least: with two, half the city would be near. */
const lettersMin = 4;
/** A name's own length; each character more is three ways more to look for. */
const lettersMax = 24;

/**
 * All the ways in which a name may differ from the question by one character: another one, one more, one less. Empty for
 * questions that are too short to be guessed at, or too long.
 */
export function slipsOf(question: string): Slip[] {
  const letters = Array.from(question);
  const size = letters.length;
  if (size < lettersMin || size > lettersMax) return [];
  const cut = (at: number, skipped: number, gap: boolean): Slip => ({
    before: letters.slice(0, at).join(''),
    after: letters.slice(at + skipped).join(''),
    gap,
  });
  const places = [...letters.keys()];
  const wrong = places.map((at) => cut(at, 1, true));
  const missing = places.slice(1).map((at) => cut(at, 0, true));
  const tooMany = places.map((at) => cut(at, 1, false));
  return [...wrong, ...missing, ...tooMany];
}
