import { createHash } from 'node:crypto';

/**
 * JSON with one possible spelling (RFC 8785): keys sorted by UTF-16 unit, no white space, numbers as ECMAScript
 * writes them. Two parties that hold the same facts get the same bytes, hence the same hash. Members that are
 * `undefined` are left out. Throws TypeError on whatever JSON cannot say without guessing: bigint (write the
 * string), NaN, infinities, dates, functions, cycles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

/** SHA-256 in lower-case hex; text is hashed as UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

type Path = readonly object[];

function write(value: unknown, path: Path): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value !== 'object') throw new TypeError(`JSON cannot say a ${typeof value}`);
  if (path.includes(value)) throw new TypeError('JSON cannot say a cycle');
  return Array.isArray(value) ? writeList(value, [...path, value]) : writeObject(value, [...path, value]);
}

function writeText(text: string): string {
  // Half of a surrogate pair has no UTF-8 form: the bytes to be hashed would depend on the encoder.
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('text with half a surrogate pair');
  return JSON.stringify(text);
}

function writeNumber(number: number): string {
  if (!Number.isFinite(number)) throw new TypeError(`JSON cannot say ${number}`);
  return JSON.stringify(number);
}

function writeList(list: readonly unknown[], path: Path): string {
  return `[${Array.from(list, (item) => write(item, path)).join(',')}]`;
}

function writeObject(object: object, path: Path): string {
  // Dates, maps and buffers would silently become `{}` or something private to them.
  const kind = Object.prototype.toString.call(object);
  if (kind !== '[object Object]') throw new TypeError(`JSON cannot say ${kind}`);
  const members = Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${writeText(key)}:${write(value, path)}`);
  return `{${members.join(',')}}`;
}
