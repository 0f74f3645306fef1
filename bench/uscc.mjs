// Unified social credit codes by number: well formed, with right check digits, of nobody.
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

const sumOf = (text, factors) => factors.reduce((sum, factor, at) => sum + factor * alphabet.indexOf(text[at]), 0);

/** @param {number} number 0 to 99,999,999 */
export function usccOf(number) {
  const organisation = String(number).padStart(8, '0');
  const inner = (11 - (sumOf(organisation, organisationWeights) % 11)) % 11;
  const body = `91320500${organisation}${inner === 10 ? 'X' : inner}`;
  return body + alphabet[(31 - (sumOf(body, weights) % 31)) % 31];
}
