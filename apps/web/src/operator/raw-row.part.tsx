import type { SetAside } from './batch.query.js';

/** The line as it came. */
export function RawRow({ row }: { row: SetAside }) {
  return <code className="raw-row">{row.raw}</code>;
}
