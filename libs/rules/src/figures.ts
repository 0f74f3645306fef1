import { type Fen, parseFen } from '@app/kernel';

/** What a figure is: a yes or no, a whole number of things, or money in whole fen (text in JSON). */
type FigureKind = 'flag' | 'count' | 'money';

export interface FigureShape {
  readonly [name: string]: FigureKind | FigureShape;
}

/** Every figure may be null, which says "not known". */
export type FiguresOf<S> = {
  readonly [Name in keyof S]: S[Name] extends 'flag'
    ? boolean | null
    : S[Name] extends 'count'
      ? number | null
      : S[Name] extends 'money'
        ? Fen | null
        : FiguresOf<S[Name]>;
};

/**
 * `pointer` is a JSON pointer from the figures on (`/direct/hitechCertValid`); `detail` repeats nothing that was
 * supplied.
 */
export interface FigureError {
  readonly pointer: string;
  readonly detail: string;
}

export type ReadFigures<S> = { readonly figures: FiguresOf<S> } | { readonly errors: readonly FigureError[] };

/** More complaints than anyone reads: a body of ten thousand unknown fields gets a short answer. */
const errorsMax = 50;

const expectations: Record<FigureKind, string> = {
  flag: 'must be true, false or null',
  count: 'must be a whole number from 0, or null',
  money: 'must be a string of whole fen without sign or leading zeros, at most 18 digits, or null',
};

/**
 * Reads figures that a client supplied. A figure that is absent or null is not known; an unknown name is an error,
 * because a slip of the pen in a name must not pass for "not known". All errors come at once.
 */
export function readFigures<S extends FigureShape>(shape: S, supplied: unknown): ReadFigures<S> {
  const errors: FigureError[] = [];
  const figures = readObject(shape, supplied, '', errors);
  if (errors.length > 0) return { errors: errors.slice(0, errorsMax) };
  return { figures: figures as FiguresOf<S> };
}

function readObject(shape: FigureShape, supplied: unknown, pointer: string, errors: FigureError[]): object {
  const given = asObject(supplied);
  if (given === undefined) {
    errors.push({ pointer, detail: 'must be an object' });
    return {};
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(shape, name))
      errors.push({ pointer: `${pointer}/${escaped(name)}`, detail: 'is not a figure here' });
  }
  const read = Object.entries(shape).map(([name, kind]) => {
    const value: unknown = Object.hasOwn(given, name) ? given[name] : undefined;
    const at = `${pointer}/${name}`;
    return [
      name,
      typeof kind === 'string' ? readFigure(kind, value, at, errors) : readObject(kind, value ?? {}, at, errors),
    ];
  });
  return Object.fromEntries(read) as object;
}

function readFigure(
  kind: FigureKind,
  value: unknown,
  pointer: string,
  errors: FigureError[],
): boolean | number | Fen | null {
  if (value === undefined || value === null) return null;
  if (kind === 'flag' && typeof value === 'boolean') return value;
  if (kind === 'count' && typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  const money = kind === 'money' && typeof value === 'string' ? parseFen(value) : undefined;
  if (money !== undefined) return money;
  errors.push({ pointer, detail: expectations[kind] });
  return null;
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** RFC 6901; a long unknown name is cut, since it comes back in the answer. */
function escaped(name: string): string {
  return name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');
}
