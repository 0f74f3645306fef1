import { InvalidInput } from '@app/kernel';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** A page is at most 100 rows: what a person can read and a table can show. */
export const pageRowsMax = 100;

/**
 * Query of every list: `?limit=&cursor=`. Extend it with the list's own filters. Its two fields name themselves for OpenAPI:
 * this file is not a `*.request.ts`, which the document is otherwise drawn from.
 */
export class PageQuery {
  /** Rows wanted, at most 100. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: pageRowsMax })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(pageRowsMax)
  limit?: number;

  /** `nextCursor` of the page before. */
  @ApiPropertyOptional({ type: String, maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Packs the sort values of the last row, so that the next page goes on after it. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/**
 * Unpacks a cursor of ours into as many sort values as the list has.
 * @throws InvalidInput when it is not one of ours
 */
export function decodeCursor(cursor: string | undefined, size: number): (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isCursor(values, size)) return values;
  } catch {
    // falls through to the refusal
  }
  throw foreignCursor();
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The cursor of a list that is sorted by id alone; null for the first page, ready to be a uuid parameter.
 * @throws InvalidInput when it is not one of ours
 */
export function idCursor(cursor: string | undefined): string | null {
  const [id] = decodeCursor(cursor, 1) ?? [null];
  if (id === null || (typeof id === 'string' && uuid.test(id))) return id;
  throw foreignCursor();
}

/** The cursor of a list that is sorted by a number alone. @throws InvalidInput when it is not one of ours */
export function numberCursor(cursor: string | undefined): number | null {
  const [number] = decodeCursor(cursor, 1) ?? [null];
  if (number === null || typeof number === 'number') return number;
  throw foreignCursor();
}

const isCursor = (values: unknown, size: number): values is (string | number)[] =>
  Array.isArray(values) &&
  values.length === size &&
  values.every((value) => Number.isSafeInteger(value) || (typeof value === 'string' && !value.includes('\0')));

/** As lists write instants: a Date reaches further than PostgreSQL's calendar does. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** The cursor of a list that is sorted by instant and id. @throws InvalidInput when it is not one of ours */
export function instantCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const values = decodeCursor(cursor, 2);
  if (!values) return null;
  const [written, id] = [String(values[0]), String(values[1])];
  const at = new Date(written);
  if (!instant.test(written) || Number.isNaN(at.getTime()) || !uuid.test(id)) throw foreignCursor();
  return { at, id };
}

const foreignCursor = (): InvalidInput =>
  new InvalidInput([{ pointer: '/cursor', detail: 'is not a cursor of this list: start again without it' }]);

/** Cuts the one row too many that a list reads to know whether there is more. */
export function pageOf<R, T>(
  rows: R[],
  limit: number,
  toItem: (row: R) => T,
  keyOf: (row: R) => (string | number)[],
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}
