interface PasswordBounds {
  lengthMin: number;
  lengthMax: number;
  distinctMin: number;
}

/** Long enough, and still among the first that anybody tries. */
const commonest = new Set([
  'password1234',
  'passwordpassword',
  'qwertyuiop123',
  'administrator',
  '123456789012',
  '1234567890123',
]);

/** One spelling for what a keyboard may send in several; counted, hashed and checked in this form. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** What is wrong with a new password, in one sentence; undefined when nothing is. */
export function faultOfPassword(password: string, login: string, bounds: PasswordBounds): string | undefined {
  const letters = Array.from(normalPassword(password));
  if (letters.length < bounds.lengthMin) return `must have at least ${bounds.lengthMin} characters`;
  if (letters.length > bounds.lengthMax) return `must have at most ${bounds.lengthMax} characters`;
  if (new Set(letters).size < bounds.distinctMin)
    return `must have at least ${bounds.distinctMin} different characters`;
  const plain = letters.join('').toLowerCase();
  if (plain === login.toLowerCase()) return 'must not be the login';
  if (commonest.has(plain)) return 'is one of the first that anybody would try';
  return undefined;
}
