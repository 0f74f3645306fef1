import type { Fen } from '@app/kernel';
import { Column } from 'typeorm';

/** Money on its way between PostgreSQL's bigint, which the driver hands over as text, and `Fen`. */
const asFen = {
  to: (value: Fen | null | undefined): string | null | undefined =>
    value === null || value === undefined ? value : String(value),
  from: (value: string | null): Fen | null => (value === null ? null : (BigInt(value) as Fen)),
};

/** A bigint column of whole fen in an entity. */
export const FenColumn = (name: string, options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'bigint', name, transformer: asFen, ...options });
